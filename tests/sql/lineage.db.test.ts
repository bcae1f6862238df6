import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateDown, migrateUp } from '../../server/platform/migrate/migrate.ts';
import type { FreshDatabase } from '../support/database.ts';
import { query, withClient } from '../support/sql.ts';
import { emptyDatabase, emptyDatabaseForTest } from './empty-database.ts';
import { columnsAfter, REMOVED } from './lineage-columns.ts';
import { insertLegacyRows, legacyRows } from './lineage-rows.ts';
import { allRows, columnNames, schemaOf } from './lineage-snapshot.ts';

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env.RUNS ?? 15);

let database: FreshDatabase;
beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(() => database.drop());

test('each step has the columns of the data model, name by name, on the way up and on the way down', async () => {
  for (let step = 0; step <= 5; step += 1) {
    await migrateUp(database.url, { to: `000${step + 1}` });
    expect(await columnNames(database.url)).toEqual(columnsAfter(step));
  }
  for (let step = 4; step >= 0; step -= 1) {
    await migrateDown(database.url, { to: `000${step + 1}` });
    expect(await columnNames(database.url)).toEqual(columnsAfter(step));
  }
});

test('the legacy shape has 82, 19, 25 and 13 columns, the final one 46, 27, 25, 13 and 14', () => {
  const counts = (step: number) => Object.values(columnsAfter(step)).map((names) => new Set(names).size);
  expect(counts(0)).toEqual([82, 19, 25, 13]);
  expect(counts(5)).toEqual([46, 27, 25, 13, 14]);
});

test('random legacy rows are the same, column by column, after all steps forward and back', async () => {
  console.log(`lineage: SEED=${SEED} RUNS=${RUNS}`);
  const own = await emptyDatabaseForTest();
  await migrateUp(own.url, { to: '0001' });
  const schema = await schemaOf(own.url);
  const arbitrary = await withClient(own.url, legacyRows);
  const property = fc.asyncProperty(arbitrary, async (rows) => {
    // A table can have 1,600 columns in its life, dropped ones included: no cycle starts from the last one's.
    await query(own.url, 'truncate campaign_profile cascade');
    await migrateDown(own.url, { to: '0000' });
    await migrateUp(own.url, { to: '0001' });
    await withClient(own.url, (client) => insertLegacyRows(client, rows));
    const before = await allRows(own.url);
    await migrateUp(own.url);
    expect(await columnNames(own.url)).toEqual(columnsAfter(5));
    await migrateDown(own.url, { to: '0001' });
    expect(await allRows(own.url)).toEqual(before);
    expect(await schemaOf(own.url)).toEqual(schema);
  });
  await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true });
}, 120_000);

test('odd legacy rows reach the head, where projections are first built over them', async () => {
  const own = await emptyDatabaseForTest();
  await migrateUp(own.url, { to: '0001' });
  const arbitrary = await withClient(own.url, legacyRows);
  for (const rows of fc.sample(arbitrary, { seed: SEED, numRuns: 5 })) {
    await withClient(own.url, (client) => insertLegacyRows(client, rows));
  }
  await migrateUp(own.url);
  expect(await columnNames(own.url)).toEqual(columnsAfter(5));
});

test('a legacy row keeps everything that no step takes, unchanged, on the way up', async () => {
  const own = await emptyDatabaseForTest();
  await migrateUp(own.url, { to: '0001' });
  await query(
    own.url,
    `insert into campaign_profile (name, target_audiences, cpi_rate, likes) values ('a', '{user}', 0.5, 7)`,
  );
  const [before] = (await allRows(own.url)).campaign_profile ?? [];
  await migrateUp(own.url, { to: '0006' });
  const removed = new Set(Object.values(REMOVED).flat());
  const kept = Object.fromEntries(Object.entries(before ?? {}).filter(([name]) => !removed.has(name)));
  expect((await allRows(own.url)).campaign_profile).toEqual([kept]);
});

test('campaigns made after the steps roll back too, with NULLs where nothing is known', async () => {
  const own = await emptyDatabaseForTest();
  await migrateUp(own.url, { to: '0006' });
  await query(
    own.url,
    `insert into campaign_profile (name, target_audiences, cpi_rate) values ('new', '{tutor}', 0.25)`,
  );
  await migrateDown(own.url, { to: '0001' });
  const [row] = (await allRows(own.url)).campaign_profile ?? [];
  expect(row).toMatchObject({ name: 'new', target_audiences: '{tutor}', cpi_rate: '0.250000' });
  for (const name of Object.values(REMOVED).flat()) expect(row, name).toHaveProperty(name, null);
  await query(own.url, `insert into campaign_profile (name) values ('newer')`);
  expect(await query(own.url, `select likes, deposit_paid from campaign_profile where name = 'newer'`)).toEqual([
    { likes: 0, deposit_paid: false },
  ]);
});

test('campaigns deleted after the steps stay deleted', async () => {
  const own = await emptyDatabaseForTest();
  await migrateUp(own.url, { to: '0001' });
  await query(own.url, `insert into campaign_profile (name) values ('kept'), ('deleted')`);
  await migrateUp(own.url, { to: '0006' });
  await query(own.url, `delete from campaign_profile where name = 'deleted'`);
  await migrateDown(own.url, { to: '0001' });
  expect(await query(own.url, 'select name from campaign_profile')).toEqual([{ name: 'kept' }]);
});

test('billing fields entered after step 1 survive a rollback of it and come back with the next way up', async () => {
  const own = await emptyDatabaseForTest();
  await migrateUp(own.url, { to: '0002' });
  await query(own.url, `insert into campaign_profile (name) values ('a')`);
  await query(
    own.url,
    `insert into campaign_invoices (campaign_id, billing_cycle_number, tax_amount, payment_method)
     values (1, 3, 1.5, 'card'), (1, null, 0, null)`,
  );
  const before = await allRows(own.url);
  const lines: string[] = [];
  await migrateDown(own.url, { to: '0001', log: (line) => lines.push(line) });
  expect(await columnNames(own.url)).toEqual(columnsAfter(0));
  expect(lines).toContainEqual(expect.stringMatching(/^warning: 1 invoices hold billing fields/));
  await migrateUp(own.url, { to: '0002' });
  expect(await allRows(own.url)).toEqual(before);
});

test('the baseline is never dropped over rows', async () => {
  const own = await emptyDatabaseForTest();
  await migrateUp(own.url, { to: '0003' });
  await query(own.url, `insert into campaign_profile (name) values ('a')`);
  await expect(migrateDown(own.url, { to: '0000' })).rejects.toThrow(/would drop the campaign tables with 1 rows/);
  expect(await columnNames(own.url)).toEqual(columnsAfter(2));
  await query(own.url, 'delete from campaign_profile');
  await migrateDown(own.url, { to: '0000' });
  expect(await columnNames(own.url)).toEqual({});
});
