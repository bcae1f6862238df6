/**
 * The words that a reader sees where a program sees none: "f.u.c.k", "f u c k", "sh1t", "a$$", "f**k", "fu-ck". Each is a
 * candidate for the word lists only; nothing else reads a text in this way.
 */
import { type Folded, latinised } from './fold.ts';
import type { Word } from './words.ts';

export interface Spelling extends Word {
  /** `*` in the text stands for any letter. */
  masked: boolean;
  /** Put together from two neighbouring words: believed for long words of hard lists only. */
  joined: boolean;
}

const chunk = /[^\s/\\]+/g;
const ordinary = /^[a-z]+$/;
const edges = /^[^\p{L}\p{N}@$*]+|[^\p{L}\p{N}@$*!|]+$/gu;
const separators = /[^\p{L}\p{M}\p{N}@$!|*+]+/gu;
const longestDisguise = 40;
const leet: Record<string, string> = {
  0: 'o',
  3: 'e',
  4: 'a',
  5: 's',
  6: 'g',
  7: 't',
  8: 'b',
  9: 'g',
  '@': 'a',
  $: 's',
  '+': 't',
};

export function spellingsOf(folded: Folded, words: Word[]): Spelling[] {
  const found: Spelling[] = [];
  const add = (text: string, start: number, end: number, joined = false) =>
    found.push({ text, start, end, joined, masked: text.includes('*') });
  for (const { text, start, end } of words) {
    add(text, start, end);
    const latin = text.charCodeAt(0) > 127 || /[^a-z0-9]/.test(text) ? latinised(text) : null;
    if (latin !== null) add(latin, start, end);
  }
  for (const match of folded.text.matchAll(chunk)) {
    if (ordinary.test(match[0]) || match[0].length > longestDisguise) continue;
    disguised(match[0], match.index, add);
  }
  spaced(words, folded.text, add);
  return found;
}

type Add = (text: string, start: number, end: number, joined?: boolean) => void;

/** Leetspeak, masks and separators inside one run without spaces. */
function disguised(run: string, at: number, add: Add): void {
  const lead = run.length - run.replace(/^[^\p{L}\p{N}@$*]+/u, '').length;
  const core = run.replace(edges, '');
  for (const whole of new Set([core, core.replace(/[!|]+$/, '')])) {
    const bare = whole.replace(separators, '');
    const plain = latinised(bare) ?? bare;
    if (!/\p{L}|@\$|\$@/u.test(plain) || (plain === whole && ordinary.test(plain))) continue;
    for (const one of /[1!|]/.test(plain) ? ['i', 'l'] : ['']) {
      add(
        Array.from(plain, (c) => ('1!|'.includes(c) ? one : (leet[c] ?? c))).join(''),
        at + lead,
        at + lead + whole.length,
      );
    }
  }
}

/** Letters that stand alone, and neighbours that are one word cut in two. */
function spaced(words: Word[], text: string, add: Add): void {
  let letters: Word[] = [];
  const flush = () => {
    const [first, last] = [letters[0], letters.at(-1)];
    if (letters.length >= 3 && first && last) {
      const joined = letters.map((letter) => leet[letter.text] ?? letter.text.replace('1', 'i')).join('');
      add(latinised(joined) ?? joined, first.start, last.end);
    }
    letters = [];
  };
  let before: Word | undefined;
  for (const word of words) {
    const near = before !== undefined && word.start - before.end <= 2;
    const alone = word.text.length === 1;
    if (!(near && alone)) flush();
    if (alone) letters.push(word);
    else if (before && near && text[before.end] === ' ' && word.start === before.end + 1 && word.text.length <= 12) {
      add(before.text + word.text, before.start, word.end, true);
    }
    before = word;
  }
  flush();
}
