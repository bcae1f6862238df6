import pg from 'pg';
import type { Log } from './log.ts';
import { settleWithin } from './settle-within.ts';

export type Pool = pg.Pool;

// bigint and numeric arrive as text. Ids and counts of ours fit in a double; money is cast to text in SQL.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

interface PoolOptions {
  url: string;
  name: string;
  max: number;
  /** How long a statement may run; half as long again until its answer is there. */
  statementMs?: number;
  /** How long a statement waits for a lock; without it as long as the statement may run. */
  lockTimeoutMs?: number;
  log: Log;
}

/**
 * A pool whose every wait has a deadline: connecting 5 s, a statement 10 s on the server and 15 s on the wire (a
 * half-open connection answers nothing at all). An idle connection that breaks is logged, never thrown.
 */
export function createPool({ url, name, max, statementMs = 10_000, lockTimeoutMs, log }: PoolOptions): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: `campaign-pulse ${name}`,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementMs,
    lock_timeout: lockTimeoutMs,
    // A node that froze or was cut off in the middle of a transaction gives its locks up to the others.
    idle_in_transaction_session_timeout: 2_000,
    query_timeout: 1.5 * statementMs,
    keepAlive: true,
  });
  pool.on('error', (error) => {
    // Ending a pool does not wait for its connections to be gone, and an embedded server may stop first.
    if (!pool.ending) log.warn({ pool: name, cause: error.message }, 'an idle database connection broke');
  });
  return pool;
}

/** Ends a pool, but waits for its clients no longer than `withinMs`. */
export async function endPool(pool: Pool, withinMs = 5_000): Promise<void> {
  await settleWithin(pool.end(), withinMs);
}

/** Throws the idle connections away, which may be half-open and look well; those at work have deadlines of their own. */
export async function dropIdle(pool: Pool): Promise<void> {
  for (let left = pool.idleCount; left > 0 && pool.idleCount > 0; left--) (await pool.connect()).release(true);
}

const connectionCodes = new Set([
  '25P03',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Says whether the error is of the connection, so that the outcome of what was sent is unknown. */
export function isConnectionError(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  if (code !== undefined) return connectionCodes.has(code) || code.startsWith('08');
  return /connection|timeout|terminat|not queryable/i.test(message ?? '');
}

/** Says whether a lock that somebody else holds was not had in time (`lockTimeoutMs` of the pool). */
export function isLockTimeout(error: unknown): boolean {
  return (error as { code?: string }).code === '55P03';
}

/** Says whether a statement ran longer than it may (`statementMs` of the pool). */
export function isStatementTimeout(error: unknown): boolean {
  return (error as { code?: string }).code === '57014';
}

/** Says whether PostgreSQL undid the statement only because of others: the same again may well succeed. */
export function isConflictError(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === '40P01' || code === '40001' || code === '55P03';
}
