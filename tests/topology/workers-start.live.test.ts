import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { expect, inject, it } from 'vitest';
import { clusterDirectory } from '../../server/platform/embedded/embedded-postgres.ts';
import { removeCluster } from '../../server/platform/embedded/leftovers.ts';
import { secret } from '../support/app.ts';
import { startChild } from '../support/child.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { root, serverArguments, startServerProcess } from '../support/processes.ts';
import { scratchDirectory } from '../support/scratch.ts';
import { descendants, isAlive, workersListening } from './worker-pids.ts';

/** Runs the server with these arguments until it ends by itself. */
async function endOf(args: string[], env: NodeJS.ProcessEnv) {
  const { PATH, HOME, TMPDIR } = process.env;
  const own = { PATH, HOME, TMPDIR, HOST: '127.0.0.1', JWT_SECRET: secret, LOG_LEVEL: 'fatal' };
  const child = startChild(process.execPath, [...serverArguments, ...args], {
    cwd: root,
    env: { ...own, ...env },
  });
  const { code } = await child.exited;
  return { code, said: child.output().trim().split('\n') };
}

it('a number of workers that can not be is told before anything starts', async () => {
  for (const [args, env] of [
    [['--workers', '0'], {}],
    [[], { WORKERS: 'many', REDIS_URL: 'redis://r' }],
    [['--workers', '2'], {}],
  ] as const) {
    const { code, said } = await endOf([...args], { DATABASE_URL: 'postgres://127.0.0.1:1/none', ...env });
    expect(code).toBe(1);
    expect(said).toEqual(['The configuration has 1 problem(s):', expect.stringMatching(/^ {2}WORKERS/)]);
  }
}, 60_000);

it('what keeps the first worker from starting ends everything, and is said once', async () => {
  const { url: DATABASE_URL } = await freshDatabase();
  const other = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const PORT = String((other.address() as AddressInfo).port);
  const ended = await endOf(['--workers', '3'], { DATABASE_URL, REDIS_URL: inject('redisUrl'), PORT });
  expect(ended).toEqual({ code: 1, said: [expect.stringMatching(/^The port is taken .+: set PORT to another\.$/)] });
  other.close();
}, 60_000);

it('more workers than the database has connections for are refused, with the number that fits', async () => {
  const { url: DATABASE_URL } = await freshDatabase();
  const ended = await endOf(['--workers', '99'], { DATABASE_URL, REDIS_URL: inject('redisUrl') });
  expect(ended).toEqual({ code: 1, said: [expect.stringMatching(/^WORKERS: 99 workers .+: set it to \d+ at most/)] });
}, 60_000);

it('kill -9 of the primary leaves no process behind: neither its workers nor its PostgreSQL', async () => {
  const dataDir = scratchDirectory('workers');
  const env = { DATABASE_URL: '', DATA_DIR: dataDir, WORKERS: '2', DEMO: '1' };
  const server = await startServerProcess({ databaseUrl: '', redisUrl: inject('redisUrl'), env });
  await workersListening(server, 2);
  // Nothing of ours was in its environment: the secret was made once, and both workers sign with it.
  expect(server.output()).not.toContain(fs.readFileSync(`${dataDir}/jwt-secret`, 'utf8').trim());
  const family = descendants(server.pid);
  expect(family.length).toBeGreaterThan(3);
  server.kill('SIGKILL');
  await server.exited;
  await eventually(() => expect(family.filter(isAlive)).toEqual([]), { within: 10_000 });
  removeCluster(clusterDirectory(dataDir));
  fs.rmSync(dataDir, { recursive: true, force: true });
}, 120_000);
