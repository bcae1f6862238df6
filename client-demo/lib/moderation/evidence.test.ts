import { expect, it } from 'vitest';
import { piecesOf, placesOf, suggestedReason } from './evidence.ts';

const rule = (name: string, evidence: unknown) => ({ rule: name, outcome: 'flag', evidence, score: null });
const words = (...places: [number, number][]) => ({ words: places.map(([start, end]) => ({ start, end })) });

it('the pieces name the rules that found them, and together are the text', () => {
  const text = 'buy cheap pills now';
  const pieces = piecesOf(text, [rule('spam', words([4, 15])), rule('suspectWords', words([10, 15]))]);
  expect(pieces.map(({ text, rules }) => [text, ...rules])).toEqual([
    ['buy '],
    ['cheap ', 'spam'],
    ['pills', 'spam', 'suspectWords'],
    [' now'],
  ]);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
});

it.each([
  ['nothing', null],
  ['figures', { score: 0.9 }],
  ['numbers of comments', { comments: [4, 5] }],
  ['a place beyond the end', words([2, 99])],
  ['an empty place', words([2, 2])],
  ['a place before the start', words([-1, 2])],
])('%s marks nothing', (_, evidence) => {
  expect(placesOf(evidence, 10)).toEqual([]);
});

it('the suggested reason is the one most readers gave, else that of a rule', () => {
  const flags = { total: 3, open: 3, weight: 3, byReason: { spam: 1, abusive: 2 } };
  const none = { ...flags, byReason: {} };
  expect(suggestedReason({ flags, rules: [rule('spam', {})] })).toBe('abusive');
  expect(suggestedReason({ flags: none, rules: [rule('capitals', {}), rule('spam', {})] })).toBe('spam');
  expect(suggestedReason({ flags: none, rules: [] })).toBe(null);
});
