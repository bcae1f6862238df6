import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountFor } from '../../server/platform/embedded/account.ts';
import { startEmbeddedPostgres } from '../../server/platform/embedded/embedded-postgres.ts';
import { livePostmaster } from '../../server/platform/embedded/pid-file.ts';
import { pidExists } from '../../server/platform/embedded/process-identity.ts';
import { launchOwner, makeTable, ownerProcess, withoutSetpriv, words, write } from '../support/owner-process.ts';
import { eventually } from '../support/poll.ts';
import { startPostgresProcess } from '../support/processes.ts';
import { scratchDirectory } from '../support/scratch.ts';

/** One cluster with one row, which the tests kill in turn; each leaves it stopped. */
const home = scratchDirectory('home');
const dataDir = path.join(home, 'pg');

beforeAll(async () => {
  const server = await startEmbeddedPostgres({ dataDir });
  await makeTable(server.url);
  await write(server.url, 'before');
  await server.stop();
});

afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

test('no committed row is lost when the server is killed with -9', async () => {
  const { child, url } = await ownerProcess(dataDir);
  await write(url, 'owner killed');
  child.kill('SIGKILL');
  await expectRowAfterStart('owner killed');
});

test('a PostgreSQL that outlives its killed server is replaced, with all its rows', async () => {
  const { child, url, pid } = await ownerProcess(dataDir, withoutSetpriv);
  await write(url, 'orphan');
  child.kill('SIGKILL');
  await child.exited;
  expect(livePostmaster(dataDir)).toBe(pid);
  await expectRowAfterStart('orphan');
  expect(livePostmaster(dataDir)).toBeUndefined();
});

test('no committed row is lost when the server and its PostgreSQL are both killed with -9', async () => {
  const { child, url, pid } = await ownerProcess(dataDir);
  await write(url, 'both killed');
  process.kill(pid, 'SIGKILL');
  child.kill('SIGKILL');
  await expectRowAfterStart('both killed');
});

test('a PostgreSQL killed with -9 comes back on the same port with every committed row', async () => {
  await using postgres = await startPostgresProcess();
  await makeTable(postgres.url);
  await write(postgres.url, 'postmaster killed');
  await postgres.kill();
  await expect(words(postgres.url)).rejects.toThrow('ECONNREFUSED');
  await postgres.start();
  expect(await words(postgres.url)).toEqual(['postmaster killed']);
});

test('the killed PostgreSQL of a living server is told to that server', async () => {
  const server = await startEmbeddedPostgres({ dataDir });
  process.kill(server.pid, 'SIGKILL');
  expect(await server.exited).toBe('SIGKILL');
  await server.stop();
});

test('a pid file that names somebody else’s live process does not stop the start, nor is that process touched', async () => {
  const account = accountFor(dataDir);
  const stranger = spawn('sleep', ['60'], { uid: account?.uid, gid: account?.gid });
  await once(stranger, 'spawn');
  leavePidFile(stranger.pid);
  await expectStart();
  expect(stranger.kill('SIGKILL')).toBe(true);
});

test.runIf(process.platform === 'linux')('a pid file that names a zombie does not stop the start', async () => {
  const account = accountFor(dataDir);
  const script = 'exec 3<&0; cat <&3 & echo $!; exec sleep 60'; // sleep never reaps cat, a child of the shell it was.
  const parent = spawn('sh', ['-c', script], { uid: account?.uid, gid: account?.gid });
  const [line] = await once(parent.stdout.setEncoding('utf8'), 'data');
  const zombie = Number(line);
  const stat = (pid: number | undefined) => fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  await eventually(() => expect(stat(parent.pid)).toContain('(sleep)'), { within: 5_000 });
  parent.stdin.end();
  await eventually(() => expect(stat(zombie)).toContain(') Z '), { within: 5_000 });
  leavePidFile(zombie);
  await expectStart();
  parent.kill('SIGKILL');
});

test('of four servers started at once where a killed one was, exactly one gets the directory', async () => {
  const killed = await ownerProcess(dataDir);
  killed.child.kill('SIGKILL');
  await killed.child.exited;
  const answers = await Promise.all([1, 2, 3, 4].map(() => ownerProcess(dataDir)));
  const [winner, ...others] = answers.filter((answer) => answer.refused === undefined);
  if (!winner) throw new Error('nobody got it');
  expect(others).toEqual([]);
  for (const { refused, message } of answers.filter((answer) => answer !== winner)) {
    expect(refused).toBe('DataDirInUseError');
    expect(message).toContain(`process ${winner.child.pid}`);
  }
  expect(await words(winner.url)).toContain('before');
  winner.child.kill('SIGTERM');
  expect(await winner.child.exited).toEqual({ code: 0, signal: null });
});

test('a lock whose holder’s number now belongs to another process is taken over', async () => {
  fs.mkdirSync(`${dataDir}.lock`);
  fs.writeFileSync(path.join(`${dataDir}.lock`, `${process.pid}_an-earlier-boot-1_00ff`), '');
  await expectStart();
});

test('a server killed while it makes its cluster leaves nothing that hinders the next', async () => {
  const place = path.join(home, 'half-made');
  const staging = () => fs.readdirSync(home).filter((entry) => entry.startsWith('half-made.init-'));
  const child = launchOwner(place);
  await eventually(() => expect(staging().some((entry) => fs.existsSync(path.join(home, entry, 'data')))).toBe(true), {
    within: 10_000,
  });
  child.kill('SIGKILL');
  await child.exited;
  expect(fs.existsSync(place)).toBe(false);
  const server = await startEmbeddedPostgres({ dataDir: place });
  expect(staging()).toEqual([]);
  await server.stop();
});

async function expectStart(): Promise<void> {
  await expectRowAfterStart('before');
}

async function expectRowAfterStart(word: string): Promise<void> {
  const server = await startEmbeddedPostgres({ dataDir });
  expect(await words(server.url)).toContain(word);
  await server.stop();
}

function leavePidFile(pid: number | undefined): void {
  expect(pid !== undefined && pidExists(pid)).toBe(true);
  const lines = [pid, dataDir, Math.trunc(Date.now() / 1000), 5432, '', '127.0.0.1', '', 'ready'];
  fs.writeFileSync(path.join(dataDir, 'postmaster.pid'), `${lines.join('\n')}\n`, { mode: 0o600 });
  const { uid, gid } = fs.statSync(dataDir);
  fs.chownSync(path.join(dataDir, 'postmaster.pid'), uid, gid);
}
