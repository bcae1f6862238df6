import { Redis } from 'ioredis';
import type { Log } from '../log.ts';

/** Milliseconds that a request waits for Redis at most before it is counted in memory. */
const patienceMs = 150;

/**
 * The limiters' own connection. Nothing is queued or sent twice. A Redis that is gone fails a command at once; one that
 * hangs does so after 150 ms, and its connection with it, so that only the requests of that moment have waited: until
 * another connection has proved that Redis answers, all are counted in memory.
 */
export function createLimitsRedis(url: string, prefix: string, log: Log): Redis {
  const client = new Redis(url, {
    keyPrefix: `${prefix}:`,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: patienceMs,
    socketTimeout: patienceMs,
    retryStrategy: (attempt) => Math.random() * Math.min(1_000, 50 * 2 ** attempt),
  });
  client.on('error', (error: Error) =>
    log.debug({ redis: 'limits', cause: error.message }, 'a Redis connection failed'),
  );
  return client;
}
