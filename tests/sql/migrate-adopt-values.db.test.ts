import { describe, expect, test } from 'vitest';
import { migrateDown, migrateUp } from '../../server/platform/migrate/migrate.ts';
import { query } from '../support/sql.ts';
import { columnsAfter } from './lineage-columns.ts';
import { allRows, columnNames, schemaOf } from './lineage-snapshot.ts';
import { BACKUPS, unmarkedDatabase } from './unmarked-database.ts';

test('legacy columns that were declared otherwise come back as they were, with their values', async () => {
  const database = await unmarkedDatabase(0);
  await query(
    database.url,
    `alter table campaign_profile
       alter column likes type numeric(20, 3), alter column likes set default 5, alter column shares drop default,
       alter column cost_per_impression type double precision, alter column target_audience type varchar(400);
     update campaign_profile set likes = 1.125;
     alter table campaign_profile alter column likes set not null;
     insert into campaign_profile (name, cost_per_impression, target_audience) values ('big', 1e300, 'tutor'), ('fine', 0.1, null)`,
  );
  const [schema, rows] = [await schemaOf(database.url), await allRows(database.url)];
  await migrateUp(database.url, { to: '0006' });
  expect(
    await query(database.url, `select name, cpi_rate from campaign_profile where name in ('big', 'fine') order by 1`),
  ).toEqual([
    { name: 'big', cpi_rate: null },
    { name: 'fine', cpi_rate: '0.100000' },
  ]);
  await migrateDown(database.url, { to: '0001' });
  expect(await schemaOf(database.url)).toEqual(schema);
  expect(await allRows(database.url)).toEqual(rows);
});

describe('backup tables', () => {
  test('missing ones are told, and their steps roll back to NULLs', async () => {
    const database = await unmarkedDatabase(5);
    await query(database.url, `drop table ${BACKUPS.join(', ')}`);
    const lines: string[] = [];
    await migrateUp(database.url, { to: '0006', log: (line) => lines.push(line) });
    for (const name of BACKUPS) expect(lines).toContainEqual(expect.stringContaining(`left no ${name} to read`));
    await migrateDown(database.url, { to: '0001' });
    expect(await columnNames(database.url)).toEqual(columnsAfter(0));
    expect(
      await query(database.url, 'select from campaign_profile where likes is not null or target_audience is not null'),
    ).toEqual([]);
  });

  test('those of the older scripts are read as far as they go', async () => {
    const database = await unmarkedDatabase(5);
    await query(
      database.url,
      `alter table campaign_profile_duplicate_fields_backup drop constraint campaign_profile_duplicate_fields_backup_pkey,
         drop column carried_cpi_rate, drop column carried_target_audiences, drop column previous_target_audiences;
       alter table campaign_profile_metrics_backup drop column likes, add column saved_at timestamptz default now()`,
    );
    const lines: string[] = [];
    await migrateUp(database.url, { to: '0006', log: (line) => lines.push(line) });
    expect(lines).toContain('campaign_profile_metrics_backup lacks likes: rolling step 4 back gives NULLs there');
    await migrateDown(database.url, { to: '0001' });
    expect(await columnNames(database.url)).toEqual(columnsAfter(0));
    const pick = (rows: Record<string, unknown>[] = []) =>
      rows.map((row) => [row.target_audience, row.shares, row.likes]);
    const legacy = pick(database.legacy.campaign_profile).map(([audience, shares]) => [audience, shares, null]);
    expect(pick((await allRows(database.url)).campaign_profile)).toEqual(legacy);
  });

  test('those that an older rollback left behind are kept under another name', async () => {
    const database = await unmarkedDatabase(0);
    await query(database.url, `create table campaign_profile_invoice_backup as select 1 as id, 'x' as invoice_status`);
    await migrateUp(database.url, { to: '0006' });
    const tables = await query<{ name: string }>(
      database.url,
      `select relname as name from pg_class where relname like 'campaign_profile_invoice_backup_found_%'`,
    );
    expect(await query(database.url, `select * from ${tables[0]?.name}`)).toEqual([{ id: 1, invoice_status: 'x' }]);
    await migrateDown(database.url, { to: '0001' });
    expect(await allRows(database.url)).toEqual(database.legacy);
  });
});
