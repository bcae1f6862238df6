import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';

interface SystemProgram {
  /** Any of them will do. */
  names: string[];
  debianPackage: string;
  /** What makes it print its version and end well; `--version` for most. */
  versionFlag?: string;
  /** What to do where it can't be installed here. */
  advice: string;
}

/**
 * A program of the system that tests need, by its name on the PATH. Where it is missing, root on a Debian gets it by
 * apt-get; everybody else gets an error that says what to do, never a test that is skipped in silence.
 */
export function systemProgram({ names, debianPackage, versionFlag = '--version', advice }: SystemProgram): string {
  const runs = (name: string) => spawnSync(name, [versionFlag]).status === 0;
  const found = names.find(runs) ?? (install(debianPackage) ? names.find(runs) : undefined);
  if (found) return found;
  throw new Error(advice);
}

function install(debianPackage: string): boolean {
  if (process.getuid?.() !== 0 || !fs.existsSync('/etc/debian_version')) return false;
  console.log(`No ${debianPackage} here: installing it with apt-get …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options: Parameters<typeof execFileSync>[2] = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  execFileSync('apt-get', ['update', '-qq', ...wait], options);
  execFileSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...wait, debianPackage], options);
  return true;
}
