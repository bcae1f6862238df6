import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../server/platform/embedded/free-port.ts';
import type { NodeChild } from './children.ts';
import { secret } from './crowd.ts';
import type { Stage } from './stage.ts';

const readyWithin = 60_000;

/** A server under load. */
export interface ServerUnderLoad {
  port: number;
  pid: number;
  stop(): Promise<void>;
  child: NodeChild;
}

/** Ours, as `npm start` runs it: migrations, relay, sockets and metrics on; without rate limits, as all load is from here. */
export async function startOurs(
  stage: Stage,
  databaseUrl: string,
  nodeFlags: string[] = [],
  more: Record<string, string> = {},
): Promise<ServerUnderLoad> {
  const port = await freePort();
  const env = {
    DATABASE_URL: databaseUrl,
    JWT_SECRET: secret,
    HOST: '127.0.0.1',
    PORT: String(port),
    DEMO: '1',
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'warn',
    ...more,
  };
  const child = stage.start('server/main.ts', { env, nodeFlags });
  await untilReady(child, port);
  return { port, pid: child.pid, stop: child.stop, child };
}

/** A baseline: a program beside this file that makes its table, listens, and sends `{port}`. */
export async function startBaseline(
  stage: Stage,
  file: string,
  env: { DATABASE_URL: string; POOL_MAX: string },
): Promise<ServerUnderLoad> {
  const child = stage.start(`tests/bench/${file}`, { env: { ...env, JWT_SECRET: secret } });
  const { port } = await child.message<{ port: number }>();
  return { port, pid: child.pid, stop: child.stop, child };
}

async function untilReady(child: NodeChild, port: number): Promise<void> {
  for (const end = performance.now() + readyWithin; ; await sleep(100)) {
    if (child.hasEnded()) throw new Error('the server ended before it was ready');
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    if (performance.now() > end) throw new Error(`the server was not ready after ${readyWithin / 1_000} s`);
  }
}
