import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  assertSchemaIsCurrent,
  migrateDown,
  migrateUp,
  migrationStatus,
} from '../../server/platform/migrate/migrate.ts';
import { MigrationFailed, MigrationRefused } from '../../server/platform/migrate/refusal.ts';
import { query, withClient } from '../support/sql.ts';
import { emptyDatabaseForTest } from './empty-database.ts';
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

test('who waits for another migrating process says so, and gives up at the deadline', async () => {
  const database = await emptyDatabaseForTest();
  const dir = await toySqlDir();
  await dir.write('migrations/0003_slow.up.sql', 'select pg_sleep(4);\n');
  const [slow, waiting]: [string[], string[]] = [[], []];
  const first = migrateUp(database.url, { dir: dir.path, log: (line) => slow.push(line) });
  await delay(300);
  await expect(migrateUp(database.url, { dir: dir.path, lockDeadlineMs: 100 })).rejects.toThrow(
    /^Another process \(server process \d+\) still migrates this database/,
  );
  const second = await migrateUp(database.url, { dir: dir.path, log: (line) => waiting.push(line) });
  expect(second.applied).toEqual([]);
  expect(waiting).toContain('another process migrates this database; waiting: 2 s so far');
  await first;
  expect(slow).toContain('migrations/0003_slow.up.sql, line 1 (select pg_sleep(4)): 2 s so far');
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
