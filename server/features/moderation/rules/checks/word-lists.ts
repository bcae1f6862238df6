import type { Found, Rule } from '../rule.ts';
import { WordIndex } from '../text/word-index.ts';

const mostWords = 20;
/** A list is made ready once, for as long as its settings are in use. */
const indexes = new WeakMap<readonly string[], WordIndex>();

export const listedWords: Rule<{ words: string[] }> = (reading, { words }): Found | null => {
  if (words.length === 0) return null;
  const index = indexes.get(words) ?? new WordIndex(words);
  indexes.set(words, index);
  const matches = index.find(reading.spellings(), reading.words());
  if (matches.length === 0) return null;
  const found = matches
    .slice(0, mostWords)
    .map(({ entry, start, end }) => ({ word: entry, ...reading.span(start, end) }));
  return { evidence: { words: found } };
};
