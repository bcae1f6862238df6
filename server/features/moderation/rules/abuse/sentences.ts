import type { Reading } from '../reading.ts';
import { WordIndex } from '../text/word-index.ts';
import type { Word } from '../text/words.ts';
import { slurs } from './attack-words.ts';

export interface Token extends Word {
  slur: boolean;
  /** Between quotation marks, with words of the author's own beside them. */
  quoted: boolean;
}

const slurIndex = new WordIndex(slurs, ['woop', 'tranquil']);
const ends = /[.!?;\n…]/;
const marks: [open: string, close: string][] = [
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ["'", "'"],
  ['‘', '’'],
];

/** The sentences of a text as words, slurs recognised in disguise. */
export function sentencesOf(reading: Reading): Token[][] {
  const { text } = reading.folded;
  const words = reading.words();
  const found = slurIndex.find(reading.spellings(), words);
  const quoted = quotedUnits(text);
  const outside = words.reduce((count, { start }) => count + (quoted[start] === 1 ? 0 : 1), 0);
  const sentences: Token[][] = [[]];
  let slur = 0;
  let before = 0;
  for (const word of words) {
    if (ends.test(text.slice(before, word.start))) sentences.push([]);
    before = word.end;
    while ((found[slur]?.end ?? Number.POSITIVE_INFINITY) <= word.start) slur++;
    const hit = found[slur];
    const isSlur = hit !== undefined && hit.start < word.end && hit.end > word.start;
    if (isSlur && word.start > hit.start && sentences.at(-1)?.at(-1)?.slur) continue; // a slur spelt over several words
    sentences.at(-1)?.push({
      ...word,
      text: isSlur ? hit.entry : word.text,
      slur: isSlur,
      quoted: outside >= 2 && quoted[word.start] === 1,
    });
  }
  return sentences.filter((sentence) => sentence.length > 0);
}

const mostQuotes = 50;

/** 1 for each unit between quotation marks. An apostrophe opens nothing inside a word. */
function quotedUnits(text: string): Uint8Array {
  const units = new Uint8Array(text.length);
  for (const [open, close] of marks) {
    let from = 0;
    for (let count = 0; count < mostQuotes; count++) {
      const start = opening(text, open, from);
      const end = start < 0 ? -1 : closing(text, close, start + 1);
      if (end < 0) break;
      units.fill(1, start, end);
      from = end + 1;
    }
  }
  return units;
}

const isLetter = (unit: string | undefined) => unit !== undefined && /[\p{L}\p{N}]/u.test(unit);

function opening(text: string, mark: string, from: number): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (!isLetter(text[at - 1])) return at;
  }
  return -1;
}

function closing(text: string, mark: string, from: number): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (!isLetter(text[at + 1])) return at;
  }
  return -1;
}
