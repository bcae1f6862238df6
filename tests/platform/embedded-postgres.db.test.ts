import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../server/platform/embedded/embedded-postgres.ts';
import { startOf } from '../../server/platform/embedded/process-identity.ts';
import { makeTable, ownerProcess, withoutSetpriv, words, write } from '../support/owner-process.ts';
import { scratchDirectory, scratchPath } from '../support/scratch.ts';

/** One cluster with one row, which the tests start and stop in turn; each leaves it stopped. */
const home = scratchDirectory('home');
const dataDir = path.join(home, 'pg');

beforeAll(async () => {
  const server = await startEmbeddedPostgres({ dataDir });
  await makeTable(server.url);
  await write(server.url, 'before');
  await server.stop();
});

afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

test('rows and port are the same after a restart, and stopping twice does no harm', async () => {
  const first = await startEmbeddedPostgres({ dataDir });
  await write(first.url, 'before');
  await first.stop();
  await first.stop();
  const second = await startEmbeddedPostgres({ dataDir });
  expect(await words(second.url)).toContain('before');
  expect(second.url).toBe(first.url);
  await second.stop();
});

test('a server whose port was taken meanwhile starts on another one', async () => {
  const before = await startEmbeddedPostgres({ dataDir });
  await before.stop();
  const taker = net.createServer().listen(Number(new URL(before.url).port), '127.0.0.1');
  await once(taker, 'listening');
  const after = await startEmbeddedPostgres({ dataDir });
  expect(new URL(after.url).port).not.toBe(new URL(before.url).port);
  await after.stop();
  taker.close();
});

test('a second server on the same directory says who has it and what to do', async () => {
  const server = await startEmbeddedPostgres({ dataDir });
  const { refused, message } = await ownerProcess(dataDir);
  expect({ refused, message }).toEqual({
    refused: 'DataDirInUseError',
    message:
      `The data directory ${dataDir} is in use by process ${process.pid}. ` +
      'Stop that server, or start this one with another DATA_DIR and PORT, ' +
      'or set DATABASE_URL to a PostgreSQL that both can use.',
  });
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(`in use by process ${process.pid}`);
  expect(await words(server.url)).toContain('before');
  await server.stop();
});

test('servers on directories of their own start side by side', async () => {
  const owners = await Promise.all(['one', 'two'].map((name) => ownerProcess(path.join(home, name))));
  await Promise.all(owners.map(({ url }) => makeTable(url)));
  for (const { child } of owners) child.kill('SIGTERM');
  for (const { child } of owners) expect(await child.exited).toEqual({ code: 0, signal: null });
});

test('a throw-away cluster is gone after its stop', async () => {
  const place = scratchPath('throw-away');
  const server = await startEmbeddedPostgres({ dataDir: place, ephemeral: true });
  expect(fs.existsSync(place)).toBe(true);
  await server.stop();
  expect(fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(path.basename(place)))).toEqual([]);
});

test('what a dead test run left behind is removed, a PostgreSQL that still runs there included', async () => {
  const dead = spawn('true');
  await once(dead, 'exit');
  const name = `campaign-pulse-test-${dead.pid}-left`;
  const { child, pid } = await ownerProcess(path.join(os.tmpdir(), name), withoutSetpriv);
  child.kill('SIGKILL');
  await child.exited;
  const server = await startEmbeddedPostgres({ dataDir: scratchPath('next'), ephemeral: true });
  expect(fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(name))).toEqual([]);
  expect(startOf(pid)).toBeUndefined();
  await server.stop();
});

test('a directory with other files in it is refused and stays as it is', async () => {
  const place = path.join(home, 'photos');
  fs.mkdirSync(place);
  fs.writeFileSync(path.join(place, 'holiday.jpg'), 'not yours');
  await expect(startEmbeddedPostgres({ dataDir: place })).rejects.toThrow(/holiday\.jpg.*nothing was touched/);
  await expect(startEmbeddedPostgres({ dataDir: place, ephemeral: true })).rejects.toThrow(/nothing was touched/);
  expect(fs.readFileSync(path.join(place, 'holiday.jpg'), 'utf8')).toBe('not yours');
});

test('a cluster of another major version is refused in one sentence', async () => {
  const place = path.join(home, 'old');
  fs.mkdirSync(place);
  fs.writeFileSync(path.join(place, 'PG_VERSION'), '9\n');
  await expect(startEmbeddedPostgres({ dataDir: place })).rejects.toThrow(
    /was made by PostgreSQL 9, but the binaries in .* are \d+/,
  );
});

test('a setting that PostgreSQL does not know comes back as an error with the end of its log', async () => {
  const start = startEmbeddedPostgres({ dataDir, settings: { no_such_setting: 1 } });
  await expect(start).rejects.toThrow(/unrecognized configuration parameter "no_such_setting"/);
  const server = await startEmbeddedPostgres({ dataDir });
  await server.stop();
});

test.runIf(process.getuid?.() === 0)('as root it also works in a directory that only root can enter', async () => {
  const secret = path.join(home, 'secret');
  fs.mkdirSync(secret, { mode: 0o700 });
  const place = path.join(secret, 'pg');
  const first = await startEmbeddedPostgres({ dataDir: place });
  await makeTable(first.url);
  await write(first.url, 'sheltered');
  await first.stop();
  expect(fs.readlinkSync(place)).toBe(first.dataDir);
  const second = await startEmbeddedPostgres({ dataDir: place });
  expect(await words(second.url)).toEqual(['sheltered']);
  await second.stop();
  fs.rmSync(first.dataDir, { recursive: true });
});

test('the password can be read by its owner only', () => {
  expect(fs.statSync(`${dataDir}.json`).mode & 0o777).toBe(0o600);
});
