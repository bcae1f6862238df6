import { expect, it } from 'vitest';
import { Allowance } from './allowance.ts';

it('gives what its windows hold, the burst’s after the rate’s, and again when a window is over', () => {
  const allowance = new Allowance({ rate: { points: 2, seconds: 1 }, burst: { points: 3, seconds: 60 } });
  const taken = (now: number) => Array.from({ length: 10 }, () => allowance.take(now)).filter(Boolean).length;
  expect(taken(0)).toBe(5);
  expect(taken(999)).toBe(0);
  expect(taken(1_000)).toBe(2);
  expect(taken(60_000)).toBe(5);
});
