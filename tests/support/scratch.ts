import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * A new path for temporary files, with nothing there yet. Its name carries our pid, by which later runs know that it
 * may be removed, and the PostgreSQL in it stopped, once we are dead (see server/platform/embedded/leftovers.ts).
 */
export function scratchPath(what: string): string {
  return path.join(os.tmpdir(), `campaign-pulse-test-${process.pid}-${what}-${randomBytes(4).toString('hex')}`);
}

/** The same as a directory that exists, which the unprivileged account of PostgreSQL can enter. */
export function scratchDirectory(what: string): string {
  const directory = scratchPath(what);
  fs.mkdirSync(directory);
  fs.chmodSync(directory, 0o755);
  return directory;
}
