import { expect, test } from 'vitest';
import {
  assertSchemaIsCurrent,
  migrateDown,
  migrateUp,
  migrationStatus,
} from '../../server/platform/migrate/migrate.ts';
import { query } from '../support/sql.ts';
import { emptyDatabaseForTest } from './empty-database.ts';
import { schemaOf } from './lineage-snapshot.ts';
import { sqlDir, toySqlDir } from './migrate-sql-dir.ts';

test('functions, views and triggers are applied at the head, again when their text changes, and all at once', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  const count = (factor: number) =>
    `create or replace function a_count() returns bigint language sql as $$ select b_factor() * count(*) from first $$; -- ${factor}`;
  await dir.write('functions/a_count.sql', count(1));
  await dir.write(
    'functions/b_factor.sql',
    'create or replace function b_factor() returns bigint language sql as $$ select 2::bigint $$',
  );
  await dir.write('views/counted.sql', 'create or replace view counted as select a_count() as n');
  const up = (to?: string) => migrateUp(database.url, { dir: dir.path, ...(to ? { to } : {}) });
  expect((await up('0001')).objects).toEqual([]);
  expect((await up()).objects).toEqual(['functions/a_count.sql', 'functions/b_factor.sql', 'views/counted.sql']);
  expect(await query(database.url, 'select n::integer from counted')).toEqual([{ n: 0 }]);
  expect((await up()).objects).toEqual([]);
  await dir.write('functions/a_count.sql', count(2));
  expect((await migrationStatus(database.url, { dir: dir.path })).staleObjects).toEqual(['functions/a_count.sql']);
  await expect(assertSchemaIsCurrent(database.url, dir.path)).rejects.toThrow('functions/a_count.sql is not applied');
  expect((await up()).objects).toEqual(['functions/a_count.sql']);
  await dir.write('functions/a_count.sql', count(3).replace('from first', 'from nowhere'));
  await dir.write('views/other.sql', 'create or replace view other as select 1 as one');
  await expect(up()).rejects.toThrow(/nowhere/);
  expect(await query(database.url, `select to_regclass('other') as other`)).toEqual([{ other: null }]);
});

test('a way down below the head forgets the objects, so that the next way up applies them all', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  await dir.write('views/named.sql', 'create or replace view named as select name from first');
  await dir.write('migrations/0002_second.down.sql', 'alter table first drop column name cascade;\n');
  await migrateUp(database.url, { dir: dir.path });
  await migrateDown(database.url, { dir: dir.path, to: '0001' });
  expect(await query(database.url, 'select from schema_objects')).toEqual([]);
  expect((await migrateUp(database.url, { dir: dir.path })).objects).toEqual(['views/named.sql']);
});

test('after a way down the functions and views are those of the steps that remain', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await sqlDir({ lineage: true });
  const schemas: unknown[] = [];
  for (const to of ['0001', '0002', '0003', '0004', '0005', '0006']) {
    await migrateUp(database.url, { dir: dir.path, to });
    schemas.push(await schemaOf(database.url));
  }
  await query(database.url, 'drop view campaign_with_full_metrics; drop function get_campaign_engagement_counts');
  await dir.write('migrations/0007_ours.up.sql', 'create table ours ();\n');
  await dir.write('migrations/0007_ours.down.sql', 'drop table ours;\n');
  await migrateUp(database.url, { dir: dir.path });
  for (const to of ['0006', '0005', '0004', '0003', '0002', '0001']) {
    await migrateDown(database.url, { dir: dir.path, to });
    expect(await schemaOf(database.url), to).toEqual(schemas.pop());
  }
});

test('from the head every version below it is reached with the schema that the way up gave it', async () => {
  const database = await emptyDatabaseForTest();
  const schemas = new Map<string, unknown>();
  const { pending } = await migrationStatus(database.url);
  const versions = pending.map((label) => label.slice(0, 4));
  for (const to of versions.slice(0, -1)) {
    await migrateUp(database.url, { to });
    schemas.set(to, await schemaOf(database.url));
  }
  await migrateUp(database.url);
  for (const to of versions.slice(0, -1).reverse()) {
    await migrateDown(database.url, { to });
    expect(await schemaOf(database.url), to).toEqual(schemas.get(to));
  }
});
