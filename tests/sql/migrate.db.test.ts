import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import {
  assertSchemaIsCurrent,
  migrateDown,
  migrateUp,
  migrationStatus,
} from '../../server/platform/migrate/migrate.ts';
import { MigrationFailed, MigrationRefused } from '../../server/platform/migrate/refusal.ts';
import { emptyDatabaseForTest } from './empty-database.ts';
import { query, schemaOf, withClient } from './lineage-snapshot.ts';
import { sqlDir, toySqlDir } from './migrate-sql-dir.ts';

test('twenty starts at once do no harm: each step runs once', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await sqlDir({ lineage: true });
  const starts = Array.from({ length: 20 }, () => migrateUp(database.url, { dir: dir.path }));
  const results = await Promise.all(starts);
  const labels = results.flatMap((result) => result.applied);
  expect(labels.map((label) => label.slice(0, 4))).toEqual(['0001', '0002', '0003', '0004', '0005', '0006']);
  await assertSchemaIsCurrent(database.url, dir.path);
});

test('an applied migration whose text changed is refused by name, both ways', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  await migrateUp(database.url, { dir: dir.path });
  await dir.write('migrations/0001_first.up.sql', 'create table first (id bigint primary key);\n');
  const refusal = /^0001_first was applied to this database with another text/;
  await expect(migrateUp(database.url, { dir: dir.path })).rejects.toThrow(refusal);
  await expect(migrateDown(database.url, { dir: dir.path, to: '0001' })).rejects.toThrow(refusal);
  await expect(assertSchemaIsCurrent(database.url, dir.path)).rejects.toThrow(refusal);
  expect((await migrationStatus(database.url, { dir: dir.path })).edited).toEqual(['0001_first']);
});

test('line ends of another system are no edit', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  await migrateUp(database.url, { dir: dir.path });
  await dir.write('migrations/0001_first.up.sql', 'create table first (id integer primary key);\r\n');
  await migrateUp(database.url, { dir: dir.path });
});

test('a failing step leaves the step before it intact and names the file, the statement, its line and the cause', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  const step = "-- two rows\ninsert into first values (1, 'a');\n\ninsert into first\nvalues (1, 'ä');\n";
  await dir.write('migrations/0003_third.up.sql', step);
  const failure = await migrateUp(database.url, { dir: dir.path }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MigrationFailed);
  expect(failure).toMatchObject({
    place: { file: 'migrations/0003_third.up.sql', line: 4, statement: 'insert into first' },
    message: expect.stringMatching(/line 4: `insert into first` failed: duplicate key .*Key \(id\)=\(1\).*\(23505\)$/),
  });
  expect(await query(database.url, 'select version from schema_migrations')).toEqual([
    { version: '0001' },
    { version: '0002' },
  ]);
  expect(await query(database.url, 'select from first')).toEqual([]);
  await dir.write('migrations/0003_third.up.sql', step.replace('values (1', 'values (2'));
  expect((await migrateUp(database.url, { dir: dir.path })).applied).toEqual(['0003_third']);
});

test('a failure within a long statement is told by its own line', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  await dir.write('migrations/0003_third.up.sql', "select\n  '👩🏽‍🏫',\n  missing\nfrom first;\n");
  const failure = await migrateUp(database.url, { dir: dir.path }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ place: { line: 3, statement: 'select' } });
});

test('a file that ends the transaction itself is refused before it runs', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  await dir.write('migrations/0003_third.up.sql', 'drop table first;\ncommit;\n');
  await expect(migrateUp(database.url, { dir: dir.path })).rejects.toThrow(/0003_third.up.sql, line 2: the runner/);
  expect(await query(database.url, 'select from first')).toEqual([]);
});

test('a database that a newer version migrated is refused with a sentence, by the start and by MIGRATE=off', async () => {
  const database = await emptyDatabaseForTest();
  const newer = await toySqlDir();
  const older = await toySqlDir();
  await newer.write('migrations/0003_third.up.sql', 'select 1;\n');
  await migrateUp(database.url, { dir: newer.path });
  const refusal = /^This database is newer than this server: it has 0003_third/;
  await expect(migrateUp(database.url, { dir: older.path })).rejects.toThrow(refusal);
  await expect(assertSchemaIsCurrent(database.url, older.path)).rejects.toThrow(refusal);
  expect((await migrationStatus(database.url, { dir: older.path })).unknown).toEqual(['0003_third']);
});

test('MIGRATE=off refuses a database that is behind and says what is missing', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  const assertCurrent = () => assertSchemaIsCurrent(database.url, dir.path);
  await expect(assertCurrent()).rejects.toThrow(/behind this server: 0001_first, 0002_second are not applied/);
  await migrateUp(database.url, { dir: dir.path, to: '0001' });
  await expect(assertCurrent()).rejects.toThrow(/behind this server: 0002_second is not applied/);
  await migrateUp(database.url, { dir: dir.path });
  await assertCurrent();
  const pool = new pg.Pool({ connectionString: database.url });
  await assertSchemaIsCurrent(pool, dir.path);
  await pool.end();
});

test('a migration below one that is applied is refused, as is a number given twice and one that is not there', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  await migrateUp(database.url, { dir: dir.path });
  await expect(migrateUp(database.url, { dir: dir.path, to: '0009' })).rejects.toThrow('There is no migration 0009');
  await expect(migrateDown(database.url, { dir: dir.path, to: '9' })).rejects.toThrow('There is no migration 9');
  await query(database.url, `update schema_migrations set version = '0003', name = 'third' where version = '0002'`);
  await dir.write('migrations/0003_third.up.sql', 'alter table first add column name text;\n');
  await expect(migrateUp(database.url, { dir: dir.path })).rejects.toThrow(
    '0002_second is not applied although a later',
  );
  await dir.write('migrations/0002_twin.up.sql', '');
  await expect(migrateUp(database.url, { dir: dir.path })).rejects.toThrow(
    '0002_second and 0002_twin have the same number',
  );
});

test('a step without a way back refuses the whole way down before anything is changed', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  await dir.write('migrations/0003_third.up.sql', 'select 1;\n');
  await dir.write('migrations/0004_fourth.up.sql', 'create table fourth ();\n');
  await dir.write('migrations/0004_fourth.down.sql', 'drop table fourth;\n');
  await migrateUp(database.url, { dir: dir.path });
  await expect(migrateDown(database.url, { dir: dir.path, to: '0001' })).rejects.toThrow('0003_third has no down file');
  expect((await migrationStatus(database.url, { dir: dir.path })).current).toBe('0004');
  expect(await migrateDown(database.url, { dir: dir.path, to: '0003' })).toEqual(['0004_fourth']);
});

test('a table schema_migrations of another tool is left alone', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  await query(database.url, 'create table schema_migrations (version text)');
  await expect(migrateUp(database.url, { dir: dir.path })).rejects.toThrow(/belongs to another tool/);
  expect(await query(database.url, `select to_regclass('first') as first`)).toEqual([{ first: null }]);
});

test('who waits for another migrating process says so, and gives up at the deadline', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  await dir.write('migrations/0003_slow.up.sql', 'select pg_sleep(2.6);\n');
  const [slow, waiting]: [string[], string[]] = [[], []];
  const first = migrateUp(database.url, { dir: dir.path, log: (line) => slow.push(line) });
  await delay(300);
  await expect(migrateUp(database.url, { dir: dir.path, lockDeadlineMs: 100 })).rejects.toThrow(
    /^Another process \(server process \d+\) still migrates this database/,
  );
  const second = await migrateUp(database.url, { dir: dir.path, log: (line) => waiting.push(line) });
  expect(second.applied).toEqual([]);
  expect(waiting).toEqual(['another process migrates this database; waiting: 2 s so far']);
  await first;
  expect(slow).toContain('migrations/0003_slow.up.sql, line 1 (select pg_sleep(2.6)): 2 s so far');
});

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

test('the status of a fresh database, and a refusal is one', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  expect(await migrationStatus(database.url, { dir: dir.path })).toEqual({
    current: null,
    head: '0002',
    applied: [],
    pending: ['0001_first', '0002_second'],
    edited: [],
    unknown: [],
    skipped: [],
    staleObjects: [],
    removedObjects: [],
    unmarked: { kind: 'fresh' },
  });
  await expect(migrateDown(database.url, { dir: dir.path, to: '0001' })).rejects.toBeInstanceOf(MigrationRefused);
  const connections = await withClient(database.url, (client) =>
    client.query(
      `select from pg_stat_activity where application_name = 'campaign-pulse migrate' and datname = current_database()`,
    ),
  );
  expect(connections.rowCount).toBe(0);
});
