import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';

const NAMES = ['redis-server', 'valkey-server'];

/**
 * A Redis (or Valkey) server program. Where none is on the PATH, root on a Debian gets one by apt-get; everybody else
 * gets an error that says what to do, never a test that is skipped in silence.
 */
export function redisBinary(): string {
  const found = NAMES.find(runs) ?? install();
  if (found) return found;
  throw new Error(
    'The tests need a Redis: install redis-server or valkey-server (Debian: apt-get install -y redis-server; ' +
      'macOS: brew install redis), or set REDIS_URL to one whose contents may be lost',
  );
}

const runs = (name: string) => spawnSync(name, ['--version']).status === 0;

/** Only the program is wanted: whether or not the package starts its service, the tests run a server of their own. */
function install(): string | undefined {
  if (process.getuid?.() !== 0 || !fs.existsSync('/etc/debian_version')) return undefined;
  console.log('No redis-server here: installing it with apt-get …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...wait, 'redis-server'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return NAMES.find(runs);
}
