import type pg from 'pg';
import { runScript } from '../run-script.ts';
import type { Session } from '../session.ts';
import type { Migration } from '../sql-tree.ts';
import { type Catalog, readCatalog } from './catalog.ts';

/** Migrations that the platform's older scripts know too: the baseline and the five steps. */
const LINEAGE_END = '0006';
const SCRATCH = 'campaign_pulse_reference';

/** What the database must look like after each migration of the lineage; `catalogs[k]` is the shape after step k. */
export interface Reference {
  lineage: Migration[];
  catalogs: Catalog[];
  /** The schema that holds the shape after the last step, until the work with it ends. */
  schema: string;
}

/**
 * Hands the work a reference that was made by our own migration files, in a scratch schema: so no list of columns,
 * rules or indexes has to be kept beside them. The caller has opened a transaction; the schema is gone when the work
 * is done, and with the transaction should it fail.
 */
export async function withReference<T>(
  session: Session,
  migrations: Migration[],
  work: (reference: Reference) => Promise<T>,
): Promise<T> {
  const { client } = session;
  const lineage = migrations.filter((migration) => migration.version <= LINEAGE_END);
  const searchPath = await currentSearchPath(client);
  await client.query(`create schema ${SCRATCH}; set local search_path to ${SCRATCH}`);
  const catalogs: Catalog[] = [];
  for (const migration of lineage) {
    await runScript(session, migration.up);
    catalogs.push(await readCatalog(client));
  }
  await client.query(`select set_config('search_path', $1, true)`, [searchPath]);
  const result = await work({ lineage, catalogs, schema: SCRATCH });
  await client.query(`drop schema ${SCRATCH} cascade`);
  return result;
}

async function currentSearchPath(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ path: string }>(`select current_setting('search_path') as path`);
  return rows[0]?.path ?? '';
}
