import { expect, it } from 'vitest';
import { createBackOff } from './back-off.ts';

function waits(times: number): number[] {
  let now = 0;
  const backOff = createBackOff(() => now);
  return Array.from({ length: times }, () => {
    const since = now;
    backOff.failed(7);
    while (!backOff.isDue(7)) now += 500;
    return now - since;
  });
}

it('waits twice as long after each failure, and five minutes at most', () => {
  expect(waits(11).map((ms) => ms / 1_000)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
});

it('forgets a failure that was made good, and holds up nobody else', () => {
  const backOff = createBackOff(() => 0);
  backOff.failed(7);
  expect([backOff.isDue(7), backOff.isDue(8)]).toEqual([false, true]);
  backOff.worked(7);
  expect([backOff.isDue(7), backOff.size()]).toEqual([true, 0]);
});
