import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** An unprivileged account of this machine. */
export type Account = { uid: number; gid: number; name: string };

/** All that initdb and postgres get to see of our environment: their messages must not depend on the user's. */
export const plainEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/**
 * The account that has to run PostgreSQL, which refuses uid 0; undefined when we are not root and run it ourselves. A
 * cluster that exists goes on under the account that owns it, so that `sudo npm start` does not lock its user out.
 */
export function accountFor(dataDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return (
    ownerOf(dataDir) ??
    find('postgres') ??
    create('postgres') ??
    find('nobody') ?? { uid: 65534, gid: 65534, name: 'nobody' }
  );
}

/** Whether `account` (undefined: ourselves) may enter the directory or execute the file. */
export function canEnter(account: Account | undefined, place: string): boolean {
  if (!account) return true;
  const asked = spawnSync('test', ['-x', place], {
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
    env: plainEnvironment,
  });
  return asked.status === 0;
}

/** Hands a file or directory over to `account`; nothing to do when we run PostgreSQL ourselves. */
export function giveTo(account: Account | undefined, place: string): void {
  if (account) fs.chownSync(place, account.uid, account.gid);
}

function ownerOf(dataDir: string): Account | undefined {
  if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) return undefined;
  const { uid, gid } = fs.statSync(dataDir);
  return uid === 0 ? undefined : { uid, gid, name: `uid ${uid}` };
}

function find(name: string): Account | undefined {
  const lines = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  const fields = lines.map((line) => line.split(':')).find((entry) => entry[0] === name);
  return fields && { uid: Number(fields[2]), gid: Number(fields[3]), name };
}

function create(name: string): Account | undefined {
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  spawnSync('useradd', [...flags, name], { env: plainEnvironment });
  return find(name); // Also when a server that started beside us was first.
}
