import type pg from 'pg';
import { isConnectionError, type Pool } from './db.ts';

/** Runs `work` in a transaction; whatever it throws rolls back. A connection that broke is thrown away. */
export async function inTransaction<T>(pool: Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The pool listens to idle clients only: one that breaks between two queries of ours would end the process.
  const noteBreak = (error: Error) => {
    broken = error;
  };
  client.on('error', noteBreak);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    if (isConnectionError(error)) noteBreak(error as Error);
    else await client.query('rollback').catch(noteBreak);
    throw error;
  } finally {
    client.off('error', noteBreak);
    client.release(broken);
  }
}
