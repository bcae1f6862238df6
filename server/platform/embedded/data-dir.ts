import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { giveTo, plainEnvironment } from './account.ts';
import { majorVersion } from './binaries.ts';
import { type Access, type Cluster, readAccess, writeAccess } from './cluster.ts';
import { waitUntil } from './deadline.ts';
import { dieWithParent } from './die-with-parent.ts';
import { EmbeddedPostgresError, errorCode } from './errors.ts';

const INITDB_WITHIN = 120_000;
const STAGING_GONE_WITHIN = 3_000;
/** Marks a staging directory as ours, so that we never remove somebody's directory for its name alone. */
const MARK = 'campaign-pulse-staging';

/** Makes the cluster when there is none and answers how to get in. Whatever else is in its place stays untouched. */
export async function ensureDataDir(cluster: Cluster, options: { durable: boolean }): Promise<Access> {
  await removeStaging(cluster.dataDir);
  const versionFile = path.join(cluster.dataDir, 'PG_VERSION');
  if (!fs.existsSync(versionFile)) return initialise(cluster, options.durable);
  refuseOtherVersion(cluster, fs.readFileSync(versionFile, 'utf8').trim());
  const access = readAccess(cluster.name);
  if (access) return access;
  throw new EmbeddedPostgresError(
    `${cluster.name}.json, which holds the password of ${cluster.name}, is missing: put it back, or move the directory away to start over`,
  );
}

function refuseOtherVersion(cluster: Cluster, found: string): void {
  const major = majorVersion(cluster.binaries);
  if (found === String(major)) return;
  throw new EmbeddedPostgresError(
    `${cluster.name} was made by PostgreSQL ${found}, but the binaries in ${cluster.binaries.binDir} are ${major}: ` +
      'set PG_BIN_DIR to the old ones, or start over with another DATA_DIR',
  );
}

/*
 * initdb runs in a staging directory of its own name and the result is renamed into place, so a start that is killed
 * half-way leaves no half cluster, and an initdb that outlives its parent writes where nobody else does. The password
 * is on disk before the cluster appears.
 */
async function initialise(cluster: Cluster, durable: boolean): Promise<Access> {
  const there = fs.existsSync(cluster.dataDir) ? fs.readdirSync(cluster.dataDir) : [];
  if (there.length > 0) {
    throw new EmbeddedPostgresError(
      `${cluster.dataDir} is not empty and not a PostgreSQL data directory (it holds ${there.slice(0, 3).join(', ')}): nothing was touched, set another DATA_DIR`,
    );
  }
  fs.mkdirSync(path.dirname(cluster.dataDir), { recursive: true });
  const staging = fs.mkdtempSync(`${cluster.dataDir}.init-`);
  fs.writeFileSync(path.join(staging, MARK), '');
  giveTo(cluster.account, staging);
  const access = { user: 'pulse', password: randomBytes(24).toString('base64url'), port: 0 };
  await runInitdb(cluster, staging, { access, durable });
  writeAccess(cluster.name, access);
  fs.renameSync(path.join(staging, 'data'), cluster.dataDir);
  fs.rmSync(staging, { recursive: true, force: true });
  return access;
}

async function runInitdb(cluster: Cluster, staging: string, how: { access: Access; durable: boolean }): Promise<void> {
  const passwordFile = path.join(staging, 'password');
  fs.writeFileSync(passwordFile, how.access.password, { mode: 0o600 });
  giveTo(cluster.account, passwordFile);
  const locale =
    process.platform === 'linux'
      ? ['--locale=C.UTF-8']
      : ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const args = ['-D', path.join(staging, 'data'), '-U', how.access.user, `--pwfile=${passwordFile}`];
  args.push('--auth=scram-sha-256', '--encoding=UTF8', ...locale, '--no-instructions');
  if (!how.durable) args.push('--no-sync');
  const run = dieWithParent('KILL', path.join(cluster.binaries.binDir, 'initdb'), args, cluster.account);
  const settings = {
    ...run.credentials,
    cwd: '/',
    env: plainEnvironment,
    timeout: INITDB_WITHIN,
    killSignal: 'SIGKILL',
  } as const;
  try {
    await promisify(execFile)(run.command, run.args, settings);
  } catch (error) {
    fs.rmSync(staging, { recursive: true, force: true });
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).slice(-2000).trim() : '';
    throw new EmbeddedPostgresError(`initdb failed for ${cluster.name}: ${said || String(error)}`, { cause: error });
  }
}

/**
 * What earlier starts left that were killed in the middle; only the owner of the lock is here, so none is in use. An
 * initdb that outlived its server may still be writing, so it is tried for a while; the next start gets what is left.
 */
async function removeStaging(dataDir: string): Promise<void> {
  const parent = path.dirname(dataDir);
  for (const entry of fs.existsSync(parent) ? fs.readdirSync(parent) : []) {
    const staging = path.join(parent, entry);
    const ours = entry.startsWith(`${path.basename(dataDir)}.init-`) && fs.existsSync(path.join(staging, MARK));
    if (ours) await waitUntil(() => removed(staging), STAGING_GONE_WITHIN);
  }
}

function removed(staging: string): boolean {
  try {
    // The mark goes last, by which the next start would know the rest.
    fs.rmSync(path.join(staging, 'data'), { recursive: true, force: true });
    fs.rmSync(staging, { recursive: true, force: true });
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOTEMPTY') return false;
    throw error;
  }
}
