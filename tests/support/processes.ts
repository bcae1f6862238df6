import path from 'node:path';
import { z } from 'zod';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/platform/embedded/embedded-postgres.ts';
import { removeCluster } from '../../server/platform/embedded/leftovers.ts';
import { type Child, startChild } from './child.ts';
import { endWithFile } from './ending.ts';
import { scratchPath } from './scratch.ts';

/** The checkout. */
export const root = path.resolve(import.meta.dirname, '../..');

/** How `npm start` starts the server; global-setup has built it. */
export const serverArguments = ['--enable-source-maps', 'dist/server/main.js'];

const LISTENING_WITHIN = 60_000;

export type ServerProcess = Pick<Child, 'pid' | 'kill' | 'exited' | 'output'> & {
  url: string;
  /** Kills it if it still runs, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
};

export type ServerOptions = { databaseUrl: string; redisUrl?: string; env?: NodeJS.ProcessEnv; port?: number };

/**
 * The real server as a process of its own, on a free port unless one is given; resolves when it listens. It sees nothing
 * of our environment but the PATH and the like, so that a test means the same on every machine; rate limits are off.
 */
export async function startServerProcess(options: ServerOptions): Promise<ServerProcess> {
  const { PATH, HOME, TMPDIR } = process.env;
  const env: NodeJS.ProcessEnv = { PATH, HOME, TMPDIR, DATABASE_URL: options.databaseUrl };
  if (options.redisUrl) env.REDIS_URL = options.redisUrl;
  const own = { HOST: '127.0.0.1', PORT: String(options.port ?? 0), LOG_LEVEL: 'info', RATE_LIMITS: 'off' };
  Object.assign(env, own, options.env);
  const child = startChild(process.execPath, serverArguments, { cwd: root, env });
  const end = () => {
    child.kill('SIGKILL');
    return child.exited;
  };
  endWithFile({ stop: end });
  const line = await child.line(/"msg":"listening"/, LISTENING_WITHIN).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(line));
  const { pid, kill, exited, output } = child;
  return { url, pid, kill, exited, output, [Symbol.asyncDispose]: async () => void (await end()) };
}

export type PostgresProcess = {
  /** The same after every start. */
  url: string;
  pid(): number;
  /** kill -9 of the postmaster; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same port with the same data. */
  start(): Promise<void>;
  remove(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A PostgreSQL of the test's own that may crash: it writes through to the disk, and its postmaster can be killed. */
export async function startPostgresProcess(options: { database?: string } = {}): Promise<PostgresProcess> {
  const dataDir = scratchPath('crashing');
  const launch = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDir, ...options });
  let server = await launch();
  const { url } = server;
  let removed: Promise<void> | undefined;
  const remove = () => (removed ??= server.stop().then(() => removeCluster(dataDir)));
  endWithFile({ stop: remove });
  const kill = async () => {
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
  };
  const start = async () => {
    await server.stop(); // Of the dead one: gives its directory free.
    server = await launch();
    if (server.url !== url) throw new Error(`PostgreSQL lost its port: ${url} is now ${server.url}`);
  };
  return { url, pid: () => server.pid, kill, start, remove, [Symbol.asyncDispose]: remove };
}
