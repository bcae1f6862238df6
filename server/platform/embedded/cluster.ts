import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Account, accountFor } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { EmbeddedPostgresError, errorCode } from './errors.ts';
import { reachableBinaries, reachableDataDir } from './shelter.ts';

/** A cluster, made or still to be made: its place, its programs and the account that runs it. */
export type Cluster = {
  /** The directory the caller named. Lock, log and access file lie beside it. */
  name: string;
  /** Where the rows are: the same directory unless it is a link. */
  dataDir: string;
  account: Account | undefined;
  binaries: Binaries;
};

/** How to get in, and the port it last had, which it gets again when it is free. */
export type Access = { user: string; password: string; port: number };

const accessSchema = z.object({ user: z.string(), password: z.string(), port: z.number().int() });

/** Settles where the cluster called `name` lives. Call it only while owning the lock: it may put a link there. */
export function locateCluster(name: string, log: (line: string) => void): Cluster {
  const account = accountFor(name);
  const binaries = reachableBinaries(findBinaries(), account, log);
  return { name, dataDir: reachableDataDir(name, account, log), account, binaries };
}

/** The files of ours beside a data directory. */
export function filesBeside(name: string): { lock: string; log: string; access: string } {
  return { lock: `${name}.lock`, log: `${name}.log`, access: `${name}.json` };
}

/** Undefined when there is no access file; one that cannot be read is an error, because its password is lost with it. */
export function readAccess(name: string): Access | undefined {
  const file = filesBeside(name).access;
  try {
    return accessSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new EmbeddedPostgresError(`${file}, which holds the password of ${name}, cannot be read`, { cause: error });
  }
}

/**
 * Replaces the access file as a whole, readable by its owner only, and on disk before the cluster that needs it. Its
 * owner stays the same, so that a user can still read it after `sudo npm start`.
 */
export function writeAccess(name: string, access: Access): void {
  const file = filesBeside(name).access;
  fs.rmSync(`${file}.new`, { force: true });
  fs.writeFileSync(`${file}.new`, JSON.stringify(access), { mode: 0o600, flag: 'wx', flush: true });
  const before = fs.statSync(file, { throwIfNoEntry: false });
  if (before && process.getuid?.() === 0) fs.chownSync(`${file}.new`, before.uid, before.gid);
  fs.renameSync(`${file}.new`, file);
}

/** The end of the PostgreSQL log: what an operator needs to see in an error. */
export function logTail(name: string): string {
  const file = filesBeside(name).log;
  return fs.existsSync(file) ? `\n${path.basename(file)}: ${fs.readFileSync(file, 'utf8').slice(-2000).trim()}` : '';
}
