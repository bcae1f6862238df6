import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from './errors.ts';
import { pidExists, startOf } from './process-identity.ts';

/** What a postmaster says of itself in postmaster.pid: line 1 is its pid, line 8 its state. */
export type PidFile = { pid: number; ready: boolean };

/** Undefined when there is no pid file, or one that is just being written. */
export function readPidFile(dataDir: string): PidFile | undefined {
  try {
    const lines = fs.readFileSync(pidFile(dataDir), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The pid of the live postmaster of this very directory, and not of whoever has got its old pid since. */
export function livePostmaster(dataDir: string): number | undefined {
  const pid = readPidFile(dataDir)?.pid;
  return pid !== undefined && startOf(pid) !== undefined && worksIn(pid, dataDir) ? pid : undefined;
}

/**
 * Removes a pid file whose pid exists but is not a postmaster of this directory: a stranger with the old number, or a
 * zombie that nobody reaped. PostgreSQL asks only kill(pid, 0) and would refuse to start for ever. A pid that is gone
 * is left for PostgreSQL itself, which then also looks for surviving children of the old postmaster.
 */
export function removeStalePidFile(dataDir: string, log: (line: string) => void): void {
  const pid = readPidFile(dataDir)?.pid;
  if (pid === undefined || !pidExists(pid) || livePostmaster(dataDir)) return;
  log(`postmaster.pid names process ${pid}, which is no PostgreSQL of ${dataDir}: removed`);
  fs.rmSync(pidFile(dataDir), { force: true });
}

const pidFile = (dataDir: string) => path.join(dataDir, 'postmaster.pid');

/** A postmaster's working directory is its data directory; where there is no /proc, its command line names it. */
function worksIn(pid: number, dataDir: string): boolean {
  if (process.platform === 'linux') {
    try {
      return fs.readlinkSync(`/proc/${pid}/cwd`) === fs.realpathSync(dataDir);
    } catch {
      return false; // Not ours to look into, so not ours at all.
    }
  }
  const command = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  return command.includes('postgres') && command.includes(`-D ${dataDir}`);
}
