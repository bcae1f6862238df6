import type { Rule } from '../rule.ts';

const characters = 15;
const leastWords = 8;
const share = 0.7;

/** One character many times over, or a few words that make up the whole text. */
export const repetition: Rule<object> = (reading) => {
  const words = reading.words();
  const repeated = words.length === 0 ? 0 : 1 - new Set(words.map(({ text }) => text)).size / words.length;
  const run = longestRun(reading.folded.text);
  if (run.length < characters && (words.length < leastWords || repeated < share)) return null;
  const longest = run.length >= characters ? { run: reading.span(run.start, run.start + run.length) } : {};
  return {
    evidence: { ...longest, repeated: Number(repeated.toFixed(3)), words: words.length },
  };
};

function longestRun(text: string): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (let at = 1; at <= text.length; at++) {
    if (text[at] === text[start]) continue;
    if (at - start > longest.length && !/\s/.test(text[start] ?? ' ')) longest = { start, length: at - start };
    start = at;
  }
  return longest;
}
