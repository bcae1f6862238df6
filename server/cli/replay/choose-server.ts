import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import { CommandFailed } from '../failure.ts';
import { startOwnServer } from './own-server.ts';
import { secretsAtHand } from './sign-in.ts';

const usualUrl = 'http://localhost:3000';
const answersWithinMs = 2_000;
const ownReadyWithinMs = 30_000;
const namedReadyWithinMs = 5_000;

/** The server that is replayed to, and what is known of it. */
export interface Target {
  url: string;
  /** Of our own server, or DATABASE_URL: for the comparison with SQL. */
  databaseUrl: string | null;
  secrets: string[];
  isOwn: boolean;
  stop(): Promise<void>;
}

/** The one that was named, else the one that runs at the usual address, else one of our own. */
export async function chooseServer(
  named: string | undefined,
  config: Config,
  onTrouble: (line: string) => void,
): Promise<Target> {
  const url = named ?? ((await isReady(usualUrl)) ? usualUrl : undefined);
  if (url === undefined) return ownTarget(onTrouble);
  await untilReady(url, namedReadyWithinMs);
  const databaseUrl = config.DATABASE_URL ?? null;
  return { url, databaseUrl, secrets: await secretsAtHand(config), isOwn: false, stop: async () => {} };
}

async function ownTarget(onTrouble: (line: string) => void): Promise<Target> {
  const own = startOwnServer(onTrouble);
  const leave = (signal: NodeJS.Signals) => {
    process.stderr.write(`\n${signal}: stopping the server of this replay\n`);
    void own.stop().then(() => process.exit(130));
  };
  process.on('SIGINT', leave).on('SIGTERM', leave);
  const stop = async () => {
    await own.stop();
    process.off('SIGINT', leave).off('SIGTERM', leave);
  };
  try {
    const url = await own.url;
    await untilReady(url, ownReadyWithinMs);
    return { url, databaseUrl: own.databaseUrl(), secrets: [own.secret], isOwn: true, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A server listens before its relay is elected and its LISTEN proven. */
async function untilReady(url: string, withinMs: number): Promise<void> {
  for (const end = performance.now() + withinMs; !(await isReady(url)); await delay(50)) {
    if (performance.now() > end) throw new CommandFailed(`No server of this kind became ready at ${url}.`);
  }
}

/** Any other program at that address does not answer readyz with JSON that says so. */
async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(answersWithinMs) });
    const { status } = (await answer.json()) as { status?: unknown };
    return answer.ok && (status === 'ready' || status === 'degraded');
  } catch {
    return false;
  }
}
