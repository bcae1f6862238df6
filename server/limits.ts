import type { Config } from './config.ts';
import type { LiveLimits } from './live/admission.ts';
import type { RateLimitsOptions } from './platform/rate-limit/rate-limits.ts';

/** What the configuration allows a writer over HTTP. */
export function rateLimitsOf(config: Config): Pick<RateLimitsOptions, 'policies' | 'redisUrl'> {
  const policies = {
    comments: config.RATE_LIMIT_COMMENTS,
    edits: config.RATE_LIMIT_EDITS,
    reactions: config.RATE_LIMIT_REACTIONS,
    flags: config.RATE_LIMIT_FLAGS,
    notices: config.RATE_LIMIT_NOTICES,
  };
  return { policies, redisUrl: config.REDIS_URL };
}

/** What the configuration allows a socket; null: everything. */
export function liveLimitsOf(config: Config): LiveLimits | null {
  if (config.RATE_LIMITS === 'off') return null;
  return {
    socketsPerAddress: config.SOCKETS_PER_ADDRESS,
    socketsPerUser: config.SOCKETS_PER_USER,
    messages: config.RATE_LIMIT_MESSAGES,
    subscribes: config.RATE_LIMIT_SUBSCRIBES,
  };
}
