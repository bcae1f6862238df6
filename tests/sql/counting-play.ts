import pg from 'pg';
import { expect } from 'vitest';
import type { Transaction } from './counting-operations.ts';
import { recounted } from './projection-recount.ts';
import { projectionFaults } from './projections.ts';

/** What the rules of the tables, or two programs at once, may rightly refuse; anything else is a failure. */
const rightful = new Set(['23503', '23505', '23514', '40P01', '55006']); // the last: TRUNCATE after a write of its own

/** Another program; a deadlock of two is told soon. */
export async function program(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // of a database dropped under it after a failure
  await client.connect();
  await client.query(`set deadlock_timeout = '20ms'`);
  return client;
}

export async function perform(program: pg.Client, transaction: Transaction): Promise<'done' | 'refused'> {
  const { operations, rollback, savepoint } = transaction;
  await program.query('begin');
  try {
    for (const [place, { sql, values }] of operations.entries()) {
      if (place === savepoint) await program.query('savepoint before');
      await program.query(sql, values);
    }
    if (savepoint !== null) await program.query('rollback to savepoint before');
    await program.query(rollback ? 'rollback' : 'commit');
    return 'done';
  } catch (error) {
    await program.query('rollback');
    if (rightful.has((error as pg.DatabaseError).code ?? '')) return 'refused';
    throw error;
  }
}

/** Asserts that everything derived is what the rows say: by the test's own queries, by a rebuild, and by the audit. */
export async function proven(client: pg.Client): Promise<void> {
  expect(await projectionFaults(client)).toEqual([]);
  const { stored, recounted: fresh } = await recounted(client);
  expect(stored).toEqual(fresh);
  expect(await audited(client)).toEqual([]);
}

/** Every difference that the audit finds, in all campaigns and streams and beside them. */
export async function audited(client: Pick<pg.Client, 'query'>): Promise<Difference[]> {
  const { rows } = await client.query<Difference>(
    `select a.* from (
       select id from campaign_profile
       union select campaign_id from campaign_counters union select campaign_id from comment_counters
       union select campaign_id from campaign_viewers union select campaign_id from impression_hourly
       union select campaign_id from campaign_invalid_counters union select campaign_id from campaign_invalid_viewers
       union select campaign_id from impression_quarter_hourly
     ) c, audit_campaign(c.id) a
     union select * from audit_streams() union select * from audit_orphans() union select * from audit_desk()`,
  );
  return rows;
}

export interface Difference {
  projection: string;
  key: string;
  stored: string | null;
  counted: string | null;
}
