import fc from 'fast-check';
import { migrateUp } from '../../server/platform/migrate/migrate.ts';
import { query, withClient } from '../support/sql.ts';
import { emptyDatabaseForTest } from './empty-database.ts';
import { insertLegacyRows, legacyRows } from './lineage-rows.ts';
import { allRows } from './lineage-snapshot.ts';

const FORGET = 'drop table schema_migrations, schema_objects';
export const BACKUPS = [
  'campaign_profile_invoice_backup',
  'campaign_profile_metrics_backup',
  'campaign_profile_duplicate_fields_backup',
];

/** A database that stands after a step, with random legacy rows that went all the way, and no trace of our runner. */
export async function unmarkedDatabase(step: number) {
  const database = await emptyDatabaseForTest();
  await migrateUp(database.url, { to: '0001' });
  await withClient(database.url, async (client) => {
    const [rows] = fc.sample(await legacyRows(client), { numRuns: 1, seed: step + 1 });
    if (rows) await insertLegacyRows(client, rows);
  });
  const legacy = await allRows(database.url);
  await migrateUp(database.url, { to: `000${step + 1}` });
  await query(database.url, FORGET);
  return { ...database, legacy };
}
