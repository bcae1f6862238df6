import { describe, expect, it } from 'vitest';
import { randomOf } from './random.ts';
import { longestSilence } from './silence.ts';

describe('the longest silence', () => {
  it.each<[string, number[], number, number]>([
    ['is between two events', [0, 10, 40, 45], 5, 30],
    ['counts from the event before the fault', [0, 100, 110], 50, 100],
    ['leaves out what was before it', [0, 500, 510, 520], 505, 10],
    ['is none where nothing came', [], 0, 0],
  ])('%s', (_, times, since, longest) => {
    expect(longestSilence(times, since)).toBe(longest);
  });
});

it('the same seed is the same chance', () => {
  const draw = (seed: number) => {
    const random = randomOf(seed);
    return Array.from({ length: 50 }, () => [random.between(2, 3), random.of(['a', 'b', 'c'])]);
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(7).every(([at]) => Number(at) >= 2 && Number(at) < 3)).toBe(true);
});
