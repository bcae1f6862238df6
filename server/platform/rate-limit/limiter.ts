import type { Redis } from 'ioredis';
import { BurstyRateLimiter, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { BoundedMemory } from './bounded-memory.ts';
import type { Policy, Window } from './policy.ts';

/** What one request found. */
export interface Budget {
  allowed: boolean;
  /** How many more may follow at once. */
  left: number;
  /** Milliseconds until there are more; after a refusal, until the next is allowed. */
  moreInMs: number;
}

export interface Limiter {
  /** Takes one. While Redis does not answer it is taken from memory, so this never fails for want of Redis. */
  take(key: string): Promise<Budget>;
  /** Forgets what is in memory. */
  clear(): void;
}

/**
 * Windows are fixed: one begins with its first request and ends `seconds` later, whatever was refused meanwhile. Of
 * `10/s` up to 20 can therefore come within one second, across the border of two windows.
 *
 * With a burst, what the first pool refuses is taken from a second one. Of `1/3s+4/m` five go at once; who goes on at
 * full speed gets one each three seconds, and four more whenever the burst's minute is over. Measured over 125 s of
 * flooding: 24 in the first 60 s, 48 in 120, and never told to wait longer than 3 s.
 */
export function createLimiter(name: string, { rate, burst }: Policy, redis: Redis | null): Limiter {
  const first = createCounter(name, rate, redis);
  const second = burst && createCounter(`${name}-burst`, burst, redis);
  const limiter = second ? new BurstyRateLimiter(first.counter, second.counter) : first.counter;

  const take = async (key: string): Promise<Budget> => {
    try {
      const { remainingPoints, msBeforeNext } = await limiter.consume(key);
      // The library's bursty limiter does not say what is left of the burst.
      const more = second ? ((await second.counter.get(key))?.remainingPoints ?? second.counter.points) : 0;
      return { allowed: true, left: remainingPoints + more, moreInMs: msBeforeNext };
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return { allowed: false, left: 0, moreInMs: refused.msBeforeNext };
    }
  };
  const clear = () => {
    first.memory.clear();
    second?.memory.clear();
  };
  return { take, clear };
}

/** In Redis for all nodes together; without one, and while it does not answer, in memory for each node by itself. */
function createCounter(name: string, { points, seconds }: Window, redis: Redis | null) {
  const options = { keyPrefix: `limit:${name}`, points, duration: seconds };
  const memory = new BoundedMemory(options);
  if (!redis) return { counter: memory, memory };
  const insured = { storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter: memory };
  return { counter: new RateLimiterRedis({ ...options, ...insured }), memory };
}
