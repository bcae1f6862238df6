import pg from 'pg';
import type { Pool } from './db.ts';
import type { Log } from './log.ts';

/** How long one stream of rows may take: as long holds its snapshot back what VACUUM may clean up. */
export const streamWithinMs = 600_000;

/**
 * A pool for results that are read as a stream. Its statements have minutes, and no deadline on the wire: who reads them
 * has to watch that something moves.
 */
export function createStreamPool({ url, max, log }: { url: string; max: number; log: Log }): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'campaign-pulse export',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 10_000,
    statement_timeout: streamWithinMs,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
  });
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ pool: 'export', cause: error.message }, 'an idle database connection broke');
  });
  return pool;
}
