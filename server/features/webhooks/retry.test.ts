import { expect, it } from 'vitest';
import { outcomeOf } from './outcome.ts';
import { retryAfterMs, retryDelayMs } from './retry.ts';

const hours = 3_600_000;
const answered = (status: number, retryAfter?: string) => ({ status, error: null, response: '', retryAfter });

/** Plays a delivery that fails each time, with a clock of its own: when each attempt is made, in ms since the first. */
function played(random: number): number[] {
  let clock = 0;
  const attempts = [clock];
  for (let tries = 0; ; tries++) {
    const next = outcomeOf(answered(500), tries, new Date(clock), random);
    if (next.outcome !== 'retry') return attempts;
    clock += next.delayMs;
    attempts.push(clock);
  }
}

it('a delivery that always fails is attempted 12 times over some 75 hours, the first retries soon', () => {
  const attempts = played(0.5);
  expect(attempts).toHaveLength(12);
  expect(attempts.slice(1, 6).map((at, n) => at - (attempts[n] ?? 0))).toEqual([
    1_000, 5_000, 30_000, 300_000, 1_800_000,
  ]);
  expect((attempts.at(-1) ?? 0) / hours).toBeCloseTo(75.6, 1);
});

it('each delay is a tenth shorter or longer at most', () => {
  for (const [random, factor] of [
    [0, 0.9],
    [1, 1.1],
  ] as const) {
    expect(retryDelayMs(1, null, random)).toBeCloseTo(1_000 * factor);
    expect((played(random).at(-1) ?? 0) / hours).toBeCloseTo(75.593 * factor, 1);
  }
});

it('Retry-After makes it later, never sooner, and by a day at most', () => {
  expect(outcomeOf(answered(429, '120'), 0, new Date(), 0.5)).toEqual({ outcome: 'retry', delayMs: 120_000 });
  expect(outcomeOf(answered(503, '1'), 3, new Date(), 0.5)).toEqual({ outcome: 'retry', delayMs: 300_000 });
  expect(outcomeOf(answered(503, '999999999'), 0, new Date(), 0.5)).toEqual({ outcome: 'retry', delayMs: 24 * hours });
});

it('Retry-After is seconds or a date of HTTP, and what can not be read is none', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  expect(retryAfterMs('7', now)).toBe(7_000);
  expect(retryAfterMs('Sun, 22 Nov 2026 10:01:00 GMT', now)).toBe(60_000);
  expect(retryAfterMs('Sun, 22 Nov 2026 09:00:00 GMT', now)).toBe(0);
  for (const nonsense of [undefined, '', 'soon', '-5', '1e9', '2026-11-22'])
    expect(retryAfterMs(nonsense, now)).toBeNull();
});

it.each([
  [200, 'delivered'],
  [204, 'delivered'],
  [301, 'retry'],
  [404, 'retry'],
  [410, 'gone'],
  [500, 'retry'],
])('an answer of %i means %s', (status, outcome) => {
  expect(outcomeOf(answered(status), 0, new Date(), 0.5).outcome).toBe(outcome);
});

it('what was broken off by ourselves was no attempt, and any other failure is tried again', () => {
  const failed = (error: string) => outcomeOf({ status: null, error, response: null }, 0, new Date(), 0.5).outcome;
  expect([failed('aborted'), failed('timeout'), failed('private_address')]).toEqual(['returned', 'retry', 'retry']);
});
