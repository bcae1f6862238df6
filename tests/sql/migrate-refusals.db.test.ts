import pg from 'pg';
import { expect, test } from 'vitest';
import {
  assertSchemaIsCurrent,
  migrateDown,
  migrateUp,
  migrationStatus,
} from '../../server/platform/migrate/migrate.ts';
import { query } from '../support/sql.ts';
import { emptyDatabaseForTest } from './empty-database.ts';
import { toySqlDir } from './migrate-sql-dir.ts';

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
