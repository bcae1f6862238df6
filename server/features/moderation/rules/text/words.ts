import type { Folded } from './fold.ts';

/** A word of the folded text, by folded offsets. */
export interface Word {
  text: string;
  start: number;
  end: number;
}

const word = /[\p{L}\p{M}\p{N}]+(?:['’ʼ][\p{L}\p{M}]+)*/gu;
const apostrophes = /['’ʼ]/g;
/** Scripts written without spaces between words; there the dictionary of ICU cuts (Unicode UAX #29). */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
/** The segmenter copies the string it was given at every step, so it gets short ones. */
const window = 256;

/** The words of a folded text in order; "don't" is one, as "dont". */
export function wordsOf({ text }: Folded): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(word)) {
    const [found] = match;
    if (found.charCodeAt(0) > 127 && unspaced.test(found)) segment(found, match.index, words);
    else words.push({ text: found.replace(apostrophes, ''), start: match.index, end: match.index + found.length });
  }
  return words;
}

function segment(run: string, offset: number, words: Word[]): void {
  for (let from = 0; from < run.length; from += window) {
    for (const { segment: text, index } of segmenter.segment(run.slice(from, from + window))) {
      const start = offset + from + index;
      words.push({ text, start, end: start + text.length });
    }
  }
}
