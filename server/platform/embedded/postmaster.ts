import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plainEnvironment } from './account.ts';
import { type Cluster, filesBeside, logTail } from './cluster.ts';
import { waitUntil } from './deadline.ts';
import { dieWithParent } from './die-with-parent.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { freePort } from './free-port.ts';
import { readPidFile } from './pid-file.ts';
import { shutDown } from './shut-down.ts';

export type Settings = Record<string, string | number>;

/** A postmaster that is our child. `exited` tells the end of it, whoever ended it; `stop` may be called twice. */
export type Postmaster = { pid: number; port: number; exited: Promise<string>; stop(): Promise<void> };

/** Replaying the log after a crash takes its time, and until then the postmaster is not ready. */
const READY_WITHIN = 120_000;
const ATTEMPTS = 20;
/** Passing troubles: another program took the port, or sessions of a killed postmaster are not gone yet. */
const PASSING = /Address already in use|could not create any TCP|shared memory block|still in use/;

/** Starts PostgreSQL on `lastPort` or, when that is taken, on another; resolves when it takes connections. */
export async function startPostmaster(cluster: Cluster, lastPort: number, settings: Settings): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? lastPort : 0);
    const running = launch(cluster, ['-p', String(port), ...asFlags(settings)], attempt === 1 ? 'w' : 'a');
    const { pid } = running.child;
    const ready = () =>
      pid !== undefined && readPidFile(cluster.dataDir)?.pid === pid && readPidFile(cluster.dataDir)?.ready === true;
    await waitUntil(() => running.end !== undefined || ready(), READY_WITHIN);
    if (pid !== undefined && running.end === undefined) {
      const stop = () => stopChild(running, pid);
      if (ready()) return { pid, port, exited: running.exited, stop };
      await stop();
      throw new EmbeddedPostgresError(
        `PostgreSQL was not ready after ${READY_WITHIN / 1000} s${logTail(cluster.name)}`,
      );
    }
    const tail = logTail(cluster.name);
    if (attempt === ATTEMPTS || !PASSING.test(tail)) {
      throw new EmbeddedPostgresError(`PostgreSQL did not start in ${cluster.name} (${running.end})${tail}`);
    }
    await sleep(250);
  }
}

type Running = { child: ChildProcess; end: string | undefined; exited: Promise<string> };

/** A session of its own (detached), because Ctrl-C is for us: PostgreSQL goes last, when we have written everything. */
function launch(cluster: Cluster, flags: string[], logMode: 'w' | 'a'): Running {
  const program = path.join(cluster.binaries.binDir, 'postgres');
  const run = dieWithParent('INT', program, ['-D', cluster.dataDir, ...flags], cluster.account);
  // A file and not a pipe: an orphan that writes into a pipe without a reader would die of it.
  const log = fs.openSync(filesBeside(cluster.name).log, logMode, 0o600);
  const place = { cwd: '/', env: plainEnvironment, detached: true } as const;
  const child = spawn(run.command, run.args, { ...run.credentials, ...place, stdio: ['ignore', log, log] });
  fs.closeSync(log);
  child.unref();
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`));
  });
  const running: Running = { child, end: undefined, exited };
  void exited.then((end) => {
    running.end = end;
  });
  return running;
}

async function stopChild(running: Running, pid: number): Promise<void> {
  running.child.ref(); // Else Node.js sees nothing left to wait for and exits before PostgreSQL has stopped.
  await shutDown(pid, () => running.end !== undefined);
}

function asFlags(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
