import type { Span } from '../judgement.ts';
import { latinised } from './fold.ts';

export interface Link extends Span {
  host: string;
  /** Spelt with characters of several scripts, or Latin-looking ones of another: made to be mistaken. */
  homograph: boolean;
}

/** Top-level domains under which "name.tld" without a scheme is taken for a link; file names and abbreviations are not. */
const bareTlds =
  'com net org info biz io co me tv gg ly gl be de fr ru uk us eu pl br nl it es in id jp kr cn xyz top site online shop club live app dev link click win cc to nu se no fi dk ro cz hu gr tr ua vn ph ca au nz za mx ar cl pe pt';
const tlds = new Set(bareTlds.split(' '));
const schemed = /(?:https?:\/\/|hxxps?:\/\/|www\.)[^\s<>"'“”‘’]+/giu;
const bare = /[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,62}(?:\.[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,62}){1,5}(?:\/[^\s<>"']*)?/gu;
const trailing = new Set('.,;:!?)]}…');

/** Every link of a text as written, in order; addresses of mail are none. */
export function linksOf(text: string): Link[] {
  const links: Link[] = [];
  for (const match of text.matchAll(schemed)) add(links, match[0], match.index);
  const taken = links.length;
  if (!text.includes('.')) return links;
  for (const match of text.matchAll(bare)) {
    const [found] = match;
    const { index } = match;
    if (text[index - 1] === '@' || text[index + found.length] === '@') continue;
    if (links.slice(0, taken).some(({ start, end }) => index < end && index + found.length > start)) continue;
    const tld = (found.split('/')[0] ?? '').split('.').at(-1)?.toLowerCase() ?? '';
    if (tlds.has(tld) && !/^\d+$/.test(found.split('.')[0] ?? '')) add(links, found, index);
  }
  return links.sort((a, b) => a.start - b.start);
}

function add(links: Link[], found: string, start: number): void {
  let length = found.length;
  while (trailing.has(found[length - 1] ?? '')) length--;
  const text = found.slice(0, length);
  const host = hostOf(text);
  if (host !== null) links.push({ text, start, end: start + text.length, host, homograph: isHomograph(host) });
}

function hostOf(text: string): string | null {
  const host = text
    .replace(/^h(?:tt|xx)ps?:\/\//i, '')
    .split(/[/?#\\]/, 1)[0]
    ?.replace(/^[^@]*@/, '')
    .replace(/:\d*$/, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^www\./, '');
  return host?.includes('.') ? host : null;
}

/** An internationalised name wholly in one script is somebody's language; Latin beside its look-alikes is a trap. */
function isHomograph(host: string): boolean {
  return host.split('.').some((label) => /[^\x20-\x7e]/.test(label) && (mixed(label) || latinised(label) !== null));
}

const mixed = (label: string) =>
  /[a-z]/.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.test(label);
