import { expect, it } from 'vitest';
import { retryDelay } from './retry-delay.ts';

it('a worker that lived for some time is replaced at once, one that dies young later each time, never later than 10 s', () => {
  const longest = [0, 1, 2, 3, 6, 7, 100].map((shortLives) => retryDelay(shortLives, () => 1));
  expect(longest).toEqual([0, 250, 500, 1_000, 8_000, 10_000, 10_000]);
  expect(retryDelay(2, () => 0)).toBe(250);
});
