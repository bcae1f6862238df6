/** What the models weigh: words, pairs, pieces of words, links, and a few figures of the text as a whole, hashed. */
import { read } from './reading.ts';
import { type Token, tokensOf, withoutMarkup } from './tokens.ts';

export const dimensions = 1 << 14;
const mostTokens = 400;

export type Features = [index: number, value: number][];

const promotion =
  /\b(subscri\w*|channel|check\s+(?:this|it|my|out)|my\s+(?:new\s+)?(?:song|video|vid|page|music|cover|blog|site|website|link|channel)|follow\s+me|like\s+(?:my|our)|visit|click|view\s+my|share|giv(?:e|ing)\s+away|free|earn|money|promot\w*|vote|please|pls|plz|thumbs\s+up|support)\b/giu;

/** Of unit length, so that a long text weighs no more than a short one. */
export function spamFeatures(original: string): Features {
  const plain = withoutMarkup(original);
  const { text } = read(plain);
  const tokens = tokensOf(text).slice(0, mostTokens);
  const bag = bagOf(tokens);
  const promoted = new Set([...text.matchAll(promotion)].map(([words]) => words.slice(0, 6)));
  bag.add(`promotion ${Math.min(4, promoted.size)}`);
  for (const words of promoted) bag.add(`promotes ${words}`);
  if (promoted.size > 0 && /\b(i|my|me|our|we)\b/.test(text)) bag.add('promotes itself');
  const links = tokens.filter(({ kind }) => kind === 'link').length;
  bag.add(`links ${Math.min(3, links)}`);
  if (links > 0) bag.add('has a link', 1.5);
  if (links > 0 && tokens.length < 12) bag.add('little beside a link');
  bag.add(`length ${Math.min(8, Math.floor(Math.log2(1 + tokens.length)))}`);
  if (isLoud(plain)) bag.add('capitals');
  bag.add(`shouts ${Math.min(3, (plain.match(/!/g) ?? []).length)}`);
  return bag.features();
}

export function abuseFeatures(original: string): Features {
  const { text } = read(withoutMarkup(original));
  const tokens = tokensOf(text).slice(0, mostTokens);
  const bag = bagOf(tokens.map((token) => (identities.test(token.text) ? { ...token, text: '§people' } : token)));
  if (/\b(you|your|u|ur)\b/.test(text)) bag.add('speaks to somebody');
  return bag.features();
}

/** Whom a text is about says nothing of how it speaks of them, so the models see one word for all of them. */
export const identities =
  /^(wom[ae]n|girls?|females?|m[ae]n|males?|gays?|lesbians?|bisexuals?|trans(?:gender)?s?|queers?|lgbt\w*|blacks?|whites?|asians?|african\w*|latin[oax]s?|hispanics?|mexicans?|chinese|indians?|arabs?|jews?|jewish|muslims?|islam\w*|christians?|catholics?|immigrants?|migrants?|refugees?|foreigners?|disabled|autistic|old|elderly|turks?|russians?|ukrainians?|poles|polish|germans?|americans?|hindus?|sikhs?|buddhists?|atheists?)$/;

/** Most of a text of some length is capitals. */
export function isLoud(text: string): boolean {
  const letters = (text.match(/\p{L}/gu) ?? []).length;
  return letters > 10 && (text.match(/\p{Lu}/gu) ?? []).length / letters > 0.6;
}

function bagOf(tokens: Token[]): Bag {
  const bag = new Bag();
  let before = '^';
  for (const { kind, text } of tokens) {
    const word = kind === 'word' ? text : kind === 'sign' ? text.slice(0, 1) : `§${kind}`;
    bag.add(`word ${word}`);
    bag.add(`pair ${before} ${word}`);
    before = word;
    if (kind === 'word' && text.length > 4) {
      for (let at = 0; at + 4 <= text.length; at++) bag.add(`piece ${text.slice(at, at + 4)}`, 0.5);
    }
    if (kind === 'link') for (const part of text.split(/[^a-z0-9]+/)) if (part) bag.add(`of a link ${part}`, 0.7);
  }
  return bag;
}

class Bag {
  readonly #values = new Map<number, number>();

  add(name: string, value = 1): void {
    const index = hash(name) % dimensions;
    this.#values.set(index, Math.max(this.#values.get(index) ?? 0, value));
  }

  features(): Features {
    let squares = 0;
    for (const value of this.#values.values()) squares += value * value;
    const length = Math.sqrt(squares) || 1;
    return [...this.#values].map(([index, value]) => [index, value / length]);
  }
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 2_166_136_261;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16_777_619);
  return value >>> 0;
}
