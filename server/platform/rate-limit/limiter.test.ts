import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BoundedMemory } from './bounded-memory.ts';
import { createLimiter } from './limiter.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const comments = { rate: { points: 1, seconds: 3 }, burst: { points: 4, seconds: 60 } };
const reactions = { rate: { points: 10, seconds: 1 }, burst: null };

/** Asks every 20 ms for so many seconds; when it was allowed, in seconds, and the longest wait it was told. */
async function flood(seconds: number) {
  const limiter = createLimiter('comments', comments, null);
  const began = Date.now();
  const allowedAt: number[] = [];
  let longestWaitMs = 0;
  for (let now = 0; now < seconds * 1_000; now = Date.now() - began) {
    const { allowed, moreInMs } = await limiter.take('user 1');
    if (allowed) allowedAt.push(now / 1_000);
    else longestWaitMs = Math.max(longestWaitMs, moreInMs);
    await vi.advanceTimersByTimeAsync(20);
  }
  return { allowedAt, longestWaitMs };
}

it('1 in 3 s and 4 more a minute: five at once, 24 in a minute of flooding, and never a wait of more than 3 s', async () => {
  const { allowedAt, longestWaitMs } = await flood(120);
  expect(allowedAt.filter((at) => at < 0.1)).toHaveLength(5);
  expect(allowedAt.filter((at) => at < 60)).toHaveLength(24);
  expect(allowedAt).toHaveLength(48);
  expect(longestWaitMs).toBeLessThanOrEqual(3_000);
});

it('says what is left of both pools, and when there is more', async () => {
  const limiter = createLimiter('comments', comments, null);
  const found = [];
  for (let n = 0; n < 6; n++) found.push(await limiter.take('user 1'));
  const allowed = [4, 3, 2, 1, 0].map((left) => ({ allowed: true, left, moreInMs: 3_000 }));
  expect(found).toEqual([...allowed, { allowed: false, left: 0, moreInMs: 3_000 }]);
  await vi.advanceTimersByTimeAsync(2_999);
  expect(await limiter.take('user 1')).toEqual({ allowed: false, left: 0, moreInMs: 1 });
  await vi.advanceTimersByTimeAsync(1);
  expect(await limiter.take('user 1')).toEqual({ allowed: true, left: 0, moreInMs: 3_000 });
});

it('counts each key by itself, and leaves no timer behind', async () => {
  const limiter = createLimiter('reactions', reactions, null);
  const takeTwelve = (key: string) => Promise.all(Array.from({ length: 12 }, () => limiter.take(key)));
  for (const key of ['user 1', 'user 2', 'address 1']) {
    expect((await takeTwelve(key)).filter(({ allowed }) => allowed)).toHaveLength(10);
  }
  expect(vi.getTimerCount()).toBe(3);
  limiter.clear();
  expect(vi.getTimerCount()).toBe(0);
});

it('in memory forgets the key that was used longest ago when there are too many, and every key when its time is over', async () => {
  const memory = new BoundedMemory({ points: 1, duration: 60 }, 3);
  for (const key of ['a', 'b', 'c']) await memory.consume(key);
  await expect(memory.consume('a')).rejects.toMatchObject({ remainingPoints: 0 });
  await memory.consume('d');
  expect(vi.getTimerCount()).toBe(3);
  await expect(memory.consume('a')).rejects.toMatchObject({ consumedPoints: 3 });
  expect(await memory.consume('b')).toMatchObject({ consumedPoints: 1 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(vi.getTimerCount()).toBe(0);
});
