import { setTimeout as delay } from 'node:timers/promises';
import { MigrationRefused } from './refusal.ts';
import { type Session, withProgress } from './session.ts';

/** 'pulse' in ASCII. Advisory locks are per database, so the number need only be ours within it. */
const LOCK_KEY = 0x70756c7365;
const POLL_MS = 100;

/**
 * One migrating session a database at a time; the others wait and find the work done. It asks again and again instead of
 * waiting inside Postgres: a session that waits there holds a snapshot, which would block `create index concurrently`.
 * A holder that dies frees the lock with its connection.
 */
export async function withMigrationLock<T>(session: Session, deadlineMs: number, work: () => Promise<T>): Promise<T> {
  await withProgress(session, 'another process migrates this database; waiting', () => acquire(session, deadlineMs));
  try {
    return await work();
  } finally {
    await session.client.query('select pg_advisory_unlock($1)', [LOCK_KEY]).catch(() => {});
  }
}

async function acquire(session: Session, deadlineMs: number): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await tryAcquire(session))) {
    if (performance.now() > deadline) throw new MigrationRefused(await timeoutSentence(session, deadlineMs));
    await delay(POLL_MS);
  }
}

async function tryAcquire({ client }: Session): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK_KEY]);
  return rows[0]?.taken === true;
}

async function timeoutSentence({ client }: Session, deadlineMs: number): Promise<string> {
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_locks
     where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
       and (classid::bigint << 32) + objid::bigint = $1`,
    [LOCK_KEY],
  );
  const holder = rows[0] ? ` (server process ${rows[0].pid})` : '';
  return `Another process${holder} still migrates this database after ${Math.round(deadlineMs / 1000)} s of waiting.`;
}
