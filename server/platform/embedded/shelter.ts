/*
 * A clone under /root or in a `mktemp -d` cannot be entered by the account that runs PostgreSQL. Then the binaries and
 * the data go to a directory that root owns and everybody may enter. Not to /tmp or /var/tmp, where any account could
 * plant a binary of its own beforehand.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type Account, canEnter } from './account.ts';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';

const SHELTER = '/var/lib/campaign-pulse';

/** The binaries themselves when `account` can run them, else a copy of this build, made once and used by all clones. */
export function reachableBinaries(
  binaries: Binaries,
  account: Account | undefined,
  log: (line: string) => void,
): Binaries {
  if (!account || canEnter(account, path.join(binaries.binDir, 'postgres'))) return binaries;
  if (!binaries.packaged) {
    throw new EmbeddedPostgresError(
      `The account ${account.name} cannot run ${binaries.binDir}/postgres: check the modes`,
    );
  }
  const copy = path.join(SHELTER, `postgresql-${binaries.packaged.build}`);
  if (!fs.existsSync(copy)) {
    log(`copying the PostgreSQL binaries to ${copy}, because ${account.name} cannot enter ${binaries.packaged.root}`);
    copyWhole(binaries.packaged.root, copy);
  }
  return { ...binaries, binDir: path.join(copy, 'bin') };
}

/**
 * Where the rows of the cluster called `dataDir` really are. A new cluster that `account` could not reach is put into
 * the shelter with a symbolic link to it at `dataDir`, so that one sees where it is, and removing the link starts over.
 */
export function reachableDataDir(dataDir: string, account: Account | undefined, log: (line: string) => void): string {
  const link = linkTarget(dataDir);
  if (link) return link;
  if (canEnter(account, path.dirname(dataDir))) return dataDir;
  if (fs.existsSync(dataDir) && fs.readdirSync(dataDir).length > 0) {
    throw new EmbeddedPostgresError(
      `The account ${account?.name} cannot enter ${dataDir}: open the directories above it (chmod o+x) or set DATA_DIR`,
    );
  }
  fs.mkdirSync(SHELTER, { recursive: true, mode: 0o755 });
  const sheltered = path.join(SHELTER, `${path.basename(dataDir)}-${randomBytes(6).toString('hex')}`);
  log(`keeping the data in ${sheltered}, because ${account?.name} cannot enter ${path.dirname(dataDir)}`);
  if (fs.existsSync(dataDir)) fs.rmdirSync(dataDir);
  fs.symlinkSync(sheltered, dataDir);
  return sheltered;
}

/** What `place` points to when it is a symbolic link, also when nothing is there yet. */
export function linkTarget(place: string): string | undefined {
  const isLink = fs.lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? path.resolve(path.dirname(place), fs.readlinkSync(place)) : undefined;
}

/** Whether we put it there ourselves, and may remove it with its cluster. */
export function isSheltered(place: string): boolean {
  return path.dirname(place) === SHELTER;
}

/** All or nothing: a copy that was killed half-way has another name, and of two at once one wins. */
function copyWhole(from: string, to: string): void {
  const draft = `${to}.${randomBytes(6).toString('hex')}`;
  fs.mkdirSync(draft, { recursive: true, mode: 0o755 });
  fs.cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  fs.chmodSync(draft, 0o755);
  try {
    fs.renameSync(draft, to);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(to)) throw error;
  }
}
