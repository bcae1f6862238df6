import fs from 'node:fs';
import { expect, test } from 'vitest';
import { createTokens } from '../../server/platform/auth/tokens.ts';
import { clusterDirectory, startEmbeddedPostgres } from '../../server/platform/embedded/embedded-postgres.ts';
import { migrationStatus } from '../../server/platform/migrate/migrate.ts';
import { emptyDatabase } from '../sql/empty-database.ts';
import { freshDatabase } from '../support/database.ts';
import { scratchDirectory } from '../support/scratch.ts';
import { runCli } from './run-cli.ts';

test('migrate goes up to a step, down to an earlier one, and says where it stands', { timeout: 60_000 }, async () => {
  await using database = await emptyDatabase();
  const env = { DATABASE_URL: database.url };
  const up = await runCli(['migrate', 'up', '--to', '0003'], env);
  expect(up).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^The database is at 0003: applied 0001_.*0003_.*\.\n$/),
  });

  const again = await runCli(['migrate', 'up', '--to', '0003'], env);
  expect(again).toEqual({ code: 0, stdout: 'The database is at 0003: nothing was pending.\n', stderr: '' });

  const down = await runCli(['migrate', 'down', '--to', '0001'], env);
  expect(down).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^The database is at 0001: took back 0003_.*, 0002_.*\.\n$/),
  });

  const status = await runCli(['migrate', 'status'], env);
  expect(status).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^at 0001 of \d{4}\n {2}0001_.*\npending:\n {2}0002_/),
  });
});

test('migrate status answers with JSON', async () => {
  await using database = await freshDatabase();
  const { code, stdout } = await runCli(['migrate', 'status', '--json'], { DATABASE_URL: database.url });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(await migrationStatus(database.url))));
});

test('an unknown version, a bad one and a database that is not there are each one sentence', {
  timeout: 60_000,
}, async () => {
  await using database = await emptyDatabase();
  const unknown = await runCli(['migrate', 'up', '--to', '0777'], { DATABASE_URL: database.url });
  expect(unknown).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^There is no migration 0777; .*\n$/),
  });
  const bad = await runCli(['migrate', 'down', '--to', '7'], { DATABASE_URL: database.url });
  expect(bad).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^error: option '--to <NNNN>'.*\n$/),
  });
  const absent = await runCli(['migrate', 'status'], { DATABASE_URL: 'postgres://x@127.0.0.1:9/x' });
  expect(absent).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^.*ECONNREFUSED.*\n$/) });
});

test('the embedded database is started for the command; beside a server that holds it one may look, not change', {
  timeout: 60_000,
}, async () => {
  const dataDir = scratchDirectory('cli');
  const alone = await runCli(['migrate', 'up', '--to', '0001'], { DATA_DIR: dataDir });
  expect(alone, alone.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('The database is at 0001') });

  const server = await startEmbeddedPostgres({ dataDir: clusterDirectory(dataDir) });
  const held = await runCli(['migrate', 'up'], { DATA_DIR: dataDir });
  const looked = await runCli(['migrate', 'status', '--json'], { DATA_DIR: dataDir });
  await server.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
  expect(looked, looked.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('"current": "0001"') });
  expect(held).toEqual({
    code: 1,
    stdout: '',
    stderr:
      `The embedded database in ${clusterDirectory(dataDir)} is in use by process ${process.pid}, probably a running ` +
      'server: stop it for the time of this command, or set DATABASE_URL to the database that you mean.\n',
  });
});

test('a token speaks for whom it names, and is taken by a server with the same secret', {
  timeout: 60_000,
}, async () => {
  const secret = 'a secret of these tests alone';
  const who = ['--sub', '12', '--role', 'moderator', '--role', 'advertiser', '--advertiser-id', '5', '--name', 'Ann'];
  const { code, stdout } = await runCli(['token', ...who, '--expires', '2h'], { JWT_SECRET: secret });
  expect(code).toBe(0);
  const principal = await createTokens({ kind: 'secret', secret }).verify(stdout.trim());
  expect(principal).toMatchObject({
    userId: 12,
    name: 'Ann',
    advertiserId: 5,
    roles: new Set(['moderator', 'advertiser']),
  });
  expect((principal.expiresAt ?? 0) - Date.now() / 1_000).toBeCloseTo(7_200, -2);

  const kept = scratchDirectory('secret');
  const byKept = await runCli(['token', '--sub', '1', '--role', 'user'], { DATA_DIR: kept });
  const keptSecret = fs.readFileSync(`${kept}/jwt-secret`, 'utf8').trim();
  fs.rmSync(kept, { recursive: true });
  expect(await createTokens({ kind: 'secret', secret: keptSecret }).verify(byKept.stdout.trim())).toMatchObject({
    userId: 1,
  });

  const wrong = await runCli(['token', '--sub', '1', '--role', 'king'], { JWT_SECRET: secret });
  expect(wrong).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('A role is one of user,') });
});
