import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { filesBeside } from './cluster.ts';
import { waitUntilNow } from './deadline.ts';
import { livePostmaster } from './pid-file.ts';
import { startOf } from './process-identity.ts';
import { isSheltered, linkTarget } from './shelter.ts';

/** Throw-away clusters are called so, with the pid of whoever made them, in the directory for temporary files. */
export const LEFTOVER_NAME = /^campaign-pulse-test-(\d+)-/;

/** Removes a stopped throw-away cluster and all that is beside it, but for the lock, which its owner releases last. */
export function removeCluster(name: string): void {
  const target = linkTarget(name);
  const { log, access } = filesBeside(name);
  const places = [...(target && isSheltered(target) ? [target] : []), name, access, log];
  for (const place of places) fs.rmSync(place, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Removes what dead test runs left in the directory for temporary files, stopping the PostgreSQL in it if that still
 * runs. `alsoOwn` is for the exit handler of a run that was interrupted. Synchronous for that reason; what belongs to
 * another account is left alone.
 */
export function sweepLeftovers(alsoOwn = false): void {
  for (const entry of fs.readdirSync(os.tmpdir())) {
    const pid = Number(LEFTOVER_NAME.exec(entry)?.[1]);
    if (!pid || (startOf(pid) !== undefined && !(alsoOwn && pid === process.pid))) continue;
    const place = path.join(os.tmpdir(), entry);
    if (!mayRemove(place)) continue;
    try {
      for (const dataDir of [place, ...subdirectories(place)]) quit(dataDir);
      removeCluster(place);
    } catch {
      // Another sweeper was quicker.
    }
  }
}

function mayRemove(place: string): boolean {
  const uid = process.getuid?.();
  return uid === 0 || uid === fs.lstatSync(place, { throwIfNoEntry: false })?.uid;
}

function quit(dataDir: string): void {
  const pid = livePostmaster(dataDir);
  if (pid === undefined) return;
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    process.kill(pid, signal);
    if (waitUntilNow(() => livePostmaster(dataDir) !== pid, 3_000)) return;
  }
}

function subdirectories(place: string): string[] {
  if (!fs.statSync(place, { throwIfNoEntry: false })?.isDirectory()) return [];
  const entries = fs.readdirSync(place, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => path.join(place, entry.name));
}
