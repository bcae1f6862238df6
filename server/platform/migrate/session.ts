import pg from 'pg';

/** One connection that migrates, and where its progress lines go. */
export interface Session {
  client: pg.Client;
  log: (line: string) => void;
}

/**
 * Opens a connection of its own, does the work and always ends it. The URL must reach Postgres directly: the advisory
 * lock belongs to the session, which a transaction pooler does not keep.
 *
 * Time-outs that the role or database sets for ordinary statements do not apply, as a long step is no accident.
 * Warnings that a migration raises reach the log.
 */
export async function withSession<T>(
  databaseUrl: string,
  log: (line: string) => void,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'campaign-pulse migrate' });
  client.on('notice', (notice) => log(`${(notice.severity ?? 'notice').toLowerCase()}: ${notice.message}`));
  // A connection that breaks fails the query that runs; without a listener it would also end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(`
      set client_min_messages = warning;
      set statement_timeout = 0;
      set lock_timeout = 0;
      set idle_in_transaction_session_timeout = 0`);
    return await work({ client, log });
  } finally {
    await client.end().catch(() => {});
  }
}

/** Commits what the work did, or nothing of it. */
export async function inTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    // When the connection is gone, so is the transaction; the first error is the one to tell.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** Runs the work with a progress line each two seconds: silence must not look like a hang. */
export async function withProgress<T>(session: Session, what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  const timer = setInterval(() => session.log(`${what}: ${seconds()} s so far`), 2000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
