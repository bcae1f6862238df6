import { LRUCache } from 'lru-cache';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { createLimiter } from './limiter.ts';
import type { Policies, Policy, PolicyName } from './policy.ts';
import { createLimitsRedis } from './redis-client.ts';

/** What a request found of its budget, ready to be told. */
export interface Standing {
  allowed: boolean;
  /** Whole seconds until there is more, 1 at least: what Retry-After says after a refusal. */
  seconds: number;
  /** For every answer of a limited operation, the successful ones too. */
  headers: Record<string, string>;
}

export interface RateLimits {
  /** Takes one from the budget that `key` (a user or an address) has for this; for one `act`, however often, only once. */
  take(name: PolicyName, key: string, act?: string | null): Promise<Standing>;
  stop(): void;
}

export interface RateLimitsOptions {
  policies: Policies;
  redisUrl?: string | undefined;
  /** Of its keys in Redis. */
  prefix: string;
  log: Log;
  metrics: Metrics;
}

/** Acts remembered, each for as long as its answer is kept. */
const maxPaid = 50_000;
const paidForMs = 24 * 3_600_000;

/** Headers that a page of another origin may read. */
export const rateLimitHeaders = [
  'RateLimit-Policy',
  'RateLimit',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
];

/** The budgets of all policies: in Redis, shared by all nodes, or in memory without it. */
export function createRateLimits({ policies, redisUrl, prefix, log, metrics }: RateLimitsOptions): RateLimits {
  const redis = redisUrl ? createLimitsRedis(redisUrl, prefix, log) : null;
  const names = Object.keys(policies) as PolicyName[];
  const limiters = new Map(
    names.map((name) => [name, { ...createLimiter(name, policies[name], redis), tell: teller(name, policies[name]) }]),
  );
  const paid = new LRUCache<string, true>({ max: maxPaid, ttl: paidForMs });
  return {
    async take(name, key, act = null) {
      const limiter = limiters.get(name);
      if (!limiter) throw new Error(`there is no limit called ${name}`);
      if (act !== null && paid.has(act)) return { allowed: true, seconds: 1, headers: {} };
      if (act !== null) paid.set(act, true); // before the wait: ten at once are one
      const { allowed, left, moreInMs } = await limiter.take(key);
      if (!allowed) metrics.rateLimited.inc({ policy: name });
      if (!allowed && act !== null) paid.delete(act);
      const seconds = Math.max(1, Math.ceil(moreInMs / 1_000));
      return { allowed, seconds, headers: limiter.tell(left, seconds) };
    },
    stop() {
      redis?.disconnect();
      for (const { clear } of limiters.values()) clear();
    },
  };
}

/**
 * The fields of the IETF draft (draft-ietf-httpapi-ratelimit-headers, 08 and later): `"comments";q=5;w=60` and
 * `"comments";r=4;t=3`; and the three of its earlier versions, which more clients read. The quota is what may come at
 * once and the window the longest of the policy, so that whoever keeps to them is never refused; of a policy with a burst
 * more is possible than these fields can say.
 */
function teller(name: PolicyName, { rate, burst }: Policy) {
  const quota = rate.points + (burst?.points ?? 0);
  const window = Math.max(rate.seconds, burst?.seconds ?? 0);
  const policy = `"${name}";q=${quota};w=${window}`;
  return (left: number, seconds: number): Record<string, string> => ({
    'RateLimit-Policy': policy,
    RateLimit: `"${name}";r=${left};t=${seconds}`,
    'RateLimit-Limit': String(quota),
    'RateLimit-Remaining': String(left),
    'RateLimit-Reset': String(seconds),
  });
}
