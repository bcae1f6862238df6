import type { Pool } from './db.ts';

const patienceMs = 1_000;

/** A sentence when the database does not answer within a second, else null. */
export async function databaseFault(pool: Pool): Promise<string | null> {
  const fault = 'the database does not answer';
  const answered = pool
    .query('select 1')
    .then(() => null)
    .catch(() => fault);
  const late = new Promise<string>((resolve) => setTimeout(resolve, patienceMs, fault).unref());
  return Promise.race([answered, late]);
}
