import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { checkout } from '../../platform/checkout.ts';
import { readAccess } from '../../platform/embedded/cluster.ts';
import { dieWithParent } from '../../platform/embedded/die-with-parent.ts';
import { clusterDirectory, databaseUrlOf } from '../../platform/embedded/embedded-postgres.ts';
import { removeCluster } from '../../platform/embedded/leftovers.ts';
import { CommandFailed } from '../failure.ts';

/** A server of our own, with an embedded database in a temporary directory that goes with it. */
export interface OwnServer {
  /** Rejects when it does not come up. */
  url: Promise<string>;
  secret: string;
  databaseUrl(): string;
  stop(): Promise<void>;
}

const listensWithinMs = 60_000;
const stopsWithinMs = 30_000;

export function startOwnServer(onTrouble: (line: string) => void): OwnServer {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'campaign-pulse-replay-'));
  // PostgreSQL runs under an account of its own when we are root, and has to be able to enter.
  fs.chmodSync(dataDir, 0o755);
  const secret = randomBytes(32).toString('base64url');
  const child = spawnServer(dataDir, secret);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopsWithinMs);
    await exited;
    clearTimeout(timer);
    removeCluster(clusterDirectory(dataDir));
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  return {
    url: listeningUrl(child, exited, onTrouble),
    secret,
    databaseUrl: () => databaseUrlIn(dataDir),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

type ServerChild = ReturnType<typeof spawnServer>;

/**
 * Detached, so that Ctrl-C in a terminal reaches it through us alone and once; and bound to our life by the kernel where
 * that is possible. Empty variables count as not set, so nothing of our environment leads it to another database.
 */
function spawnServer(dataDir: string, secret: string) {
  const none = {
    DATABASE_URL: '',
    DATABASE_LISTEN_URL: '',
    REDIS_URL: '',
    JWT_JWKS_URL: '',
    JWT_ISSUER: '',
    JWT_AUDIENCE: '',
  };
  const own = { HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, JWT_SECRET: secret, DEMO: '1', LOG_LEVEL: 'info' };
  const quiet = { RATE_LIMITS: 'off', AUTOMOD: 'off', MIGRATE: 'on' };
  const run = dieWithParent('INT', process.execPath, ['--import', 'tsx', 'server/main.ts']);
  return spawn(run.command, run.args, {
    cwd: checkout,
    env: { ...process.env, ...none, ...own, ...quiet },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

/** Its address, from its log; warnings and errors in the log are passed on, whenever they come. */
function listeningUrl(child: ServerChild, exited: Promise<void>, onTrouble: (line: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let last = '';
    const timer = setTimeout(() => reject(notUp('it does not listen after 60 s')), listensWithinMs);
    createInterface(child.stdout).on('line', (line) => {
      const { level = 0, msg = '', url = '' } = logLine(line);
      if (msg === 'listening') resolve(url);
      if (level >= 40) onTrouble(line);
    });
    createInterface(child.stderr).on('line', (line) => {
      last = line;
      onTrouble(line);
    });
    child.once('error', (error) => reject(notUp(error.message)));
    void exited.then(() => reject(notUp(last || 'it ended without a word')));
    void exited.then(() => clearTimeout(timer));
  });
}

const notUp = (reason: string) => new CommandFailed(`A server of its own could not be started: ${reason}.`);

function logLine(line: string): { level?: number; msg?: string; url?: string } {
  try {
    return JSON.parse(line) as { level?: number; msg?: string; url?: string };
  } catch {
    return {};
  }
}

function databaseUrlIn(dataDir: string): string {
  const access = readAccess(clusterDirectory(dataDir));
  if (!access) throw new CommandFailed('The database of the server started for the replay can not be found.');
  return databaseUrlOf(access);
}
