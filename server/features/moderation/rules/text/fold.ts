import { lookAlikes } from './look-alikes.ts';

/** A text as rules compare it: lower case, without marks and invisible characters, compatibility forms undone. */
export interface Folded {
  text: string;
  /** The original offsets of each folded unit: it stands for original.slice(starts[i], ends[i]). */
  starts: number[];
  ends: number[];
}

/**
 * Undoes what leaves a text readable and fools a comparison: full width, mathematical and circled letters, heaps of accents,
 * zero-width characters, soft hyphens (NFKD of Unicode UAX #15, marks of the Latin, Greek and Cyrillic scripts dropped;
 * vowel signs of other scripts are letters to their readers and stay). Linear in the length of the text.
 */
export function fold(original: string): Folded {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  for (let at = 0; at < original.length; ) {
    const code = original.codePointAt(at) ?? 0;
    const end = at + (code > 0xffff ? 2 : 1);
    const folded = code < 128 ? (ascii[code] ?? '') : foldedCharacter(code);
    for (let unit = 0; unit < folded.length; unit++) {
      starts.push(at);
      ends.push(end);
    }
    text += folded;
    at = end;
  }
  return { text, starts, ends };
}

/** What [start, end) of the folded text was in the original, marks and invisible characters between included. */
export function originalSpan({ starts, ends }: Folded, start: number, end: number): { start: number; end: number } {
  const first = starts[start] ?? 0;
  return { start: first, end: end > start ? (ends[end - 1] ?? first) : first };
}

/** Cyrillic, Greek and other letters that look like Latin ones, as those; null when the word has none. */
export function latinised(word: string): string | null {
  let latin = '';
  let changed = false;
  for (const letter of word) {
    const twin = lookAlikes.get(letter);
    if (twin !== undefined) changed = true;
    latin += twin ?? letter;
  }
  return changed && !/[^\x20-\x7e]/.test(latin) ? latin : null;
}

const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code).toLowerCase());
const known = new Map<number, string>();
const mostKnown = 4_096;
const dropped = /\p{Cf}|\p{Script=Inherited}|[\u0483]|[\u0484-\u0489]|\u115f|\u1160|\u3164|\uffa0/gu;

function foldedCharacter(code: number): string {
  const before = known.get(code);
  if (before !== undefined) return before;
  const folded = (emojiLetter(code) ?? String.fromCodePoint(code).normalize('NFKD'))
    .replace(dropped, '')
    .toLowerCase()
    .replace(dropped, '');
  if (known.size < mostKnown) known.set(code, folded);
  return folded;
}

/** Letters that are pictures: flags' halves, negative circles and squares. */
function emojiLetter(code: number): string | null {
  for (const first of [0x1f1e6, 0x1f150, 0x1f170]) {
    if (code >= first && code < first + 26) return String.fromCharCode(97 + code - first);
  }
  return null;
}
