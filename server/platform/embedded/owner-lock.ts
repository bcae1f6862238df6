/*
 * Who owns a data directory, for the owner's whole life, safe against any number of starters at once.
 *
 * The lock is a directory that holds one empty file, whose name is the owner: pid, start of that process, random word.
 *   take      build a private directory with our file in it, then rename(2) it to the lock's name. The kernel lets
 *             this succeed only when the lock does not exist or is empty, and for one taker only.
 *   take over when the file in the lock names a dead process, unlink exactly that file and try again. No one else's
 *             file can have that name, so a slow taker never removes the lock of a quick one.
 *   release   unlink our own file.
 * A lock file that is deleted and written anew has neither property: of two takers that read the same dead owner, the
 * second deletes what the first has just written. Pids are compared within one pid namespace: two containers that mount
 * one volume are outside what this can see.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { DataDirInUseError, EmbeddedPostgresError, errorCode } from './errors.ts';
import { startOf } from './process-identity.ts';

export type OwnerLock = { release(): void };

/** Takes the lock or throws DataDirInUseError, naming `dataDir` and the live holder; never waits for a holder. */
export function takeOwnerLock(lock: string, dataDir: string): OwnerLock {
  const own = `${process.pid}_${startOf(process.pid)}_${randomBytes(6).toString('hex')}`;
  const draft = `${lock}-${own}`;
  fs.mkdirSync(draft);
  try {
    fs.writeFileSync(path.join(draft, own), '', { flag: 'wx' });
    while (!renameIfFree(draft, lock)) evictDeadOwner(lock, dataDir);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    throw error;
  }
  return { release: () => release(lock, own) };
}

function renameIfFree(draft: string, lock: string): boolean {
  try {
    fs.renameSync(draft, lock);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOTEMPTY' || errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function evictDeadOwner(lock: string, dataDir: string): void {
  for (const file of ownersIn(lock)) {
    const [, pid, start] = /^(\d+)_([\w-]+)_[0-9a-f]+$/.exec(file) ?? [];
    if (!pid) throw new EmbeddedPostgresError(`${path.join(lock, file)} is not a lock of this program: remove it`);
    const living = startOf(Number(pid));
    if (living === start || living === 'hidden') throw new DataDirInUseError(dataDir, Number(pid));
    fs.rmSync(path.join(lock, file), { force: true });
  }
}

function ownersIn(lock: string): string[] {
  try {
    return fs.readdirSync(lock);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function release(lock: string, own: string): void {
  fs.rmSync(path.join(lock, own), { force: true });
  try {
    fs.rmdirSync(lock);
  } catch {
    // The next owner may be in it already, and an empty directory is as free as none.
  }
}
