import { spawnSync } from 'node:child_process';
import type { Account } from './account.ts';

/** What spawn(2) needs to run a command as an account, bound to our own life where the system can do that. */
export type Command = { command: string; args: string[]; credentials: { uid?: number; gid?: number } };

/**
 * Wraps a command in setpriv(1) so that the kernel sends it `signal` when we die of whatever cause, kill -9 included.
 * Where there is no such setpriv (macOS, BusyBox) the command runs plainly and may outlive us; the next start finds it
 * then. setpriv execs the command, so the child's pid is the command's. The kernel counts the death of the thread that
 * spawned it: call it from the main thread.
 */
export function dieWithParent(signal: 'INT' | 'KILL', command: string, args: string[], account?: Account): Command {
  const credentials = account ? { uid: account.uid, gid: account.gid } : {};
  const setpriv = findSetpriv();
  if (!setpriv) return { command, args, credentials };
  const become = account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'] : [];
  return { command: setpriv, args: ['--pdeathsig', signal, ...become, '--', command, ...args], credentials: {} };
}

let found: { program: string | undefined } | undefined;

/** By its full name, because the child's PATH, in which spawn(2) would look, need not be ours. */
function findSetpriv(): string | undefined {
  found ??= { program: process.platform === 'linux' ? lookFor() : undefined };
  return found.program;
}

function lookFor(): string | undefined {
  const program = spawnSync('sh', ['-c', 'command -v setpriv'], { encoding: 'utf8' }).stdout?.trim();
  const help = program && spawnSync(program, ['--help'], { encoding: 'utf8' }).stdout;
  return help?.includes('--pdeathsig') ? program : undefined;
}
