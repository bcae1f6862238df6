import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dieWithParent } from '../../server/platform/embedded/die-with-parent.ts';

const root = path.resolve(import.meta.dirname, '../..');
const stopWithin = 15_000;

export interface NodeChild {
  pid: number;
  /** The next message it sends; rejects when it ends first. */
  message<T>(): Promise<T>;
  send(message: object): void;
  hasEnded(): boolean;
  /** SIGTERM, and SIGKILL for one that does not go. May be called twice. */
  stop(): Promise<void>;
}

export interface NodeChildOptions {
  env: Record<string, string>;
  nodeFlags?: string[];
}

/**
 * Runs a TypeScript file of the checkout as a process of its own, with nothing of our environment but the PATH and the
 * like. It is in a session of its own, because Ctrl-C is for us: we stop our children in their order.
 */
export function startNode(file: string, { env, nodeFlags = [] }: NodeChildOptions): NodeChild {
  const args = [...nodeFlags, '--import', 'tsx', path.join(root, file)];
  const run = dieWithParent('KILL', process.execPath, args);
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(run.command, run.args, {
    cwd: root,
    env: { PATH, HOME, TMPDIR, ...env },
    detached: true,
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => child.once('error', () => resolve()).once('exit', () => resolve()));
  void ended.then(() => process.off('exit', kill));
  return {
    pid: child.pid ?? 0,
    message: () => nextMessage(child, file),
    send: (message) => void child.send(message),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: () => stopChild(child, ended),
  };
}

async function nextMessage<T>(child: ChildProcess, file: string): Promise<T> {
  const abort = new AbortController();
  const { signal } = abort;
  const end = once(child, 'exit', { signal }).then(() => {
    throw new Error(`${file} ended (${child.signalCode ?? `exit ${child.exitCode}`})`);
  });
  end.catch(() => {});
  try {
    // What our own programs send: each one's module says what that is.
    const [message] = (await Promise.race([once(child, 'message', { signal }), end])) as [T];
    return message;
  } finally {
    abort.abort();
  }
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const abort = new AbortController();
  const late = sleep(stopWithin, undefined, abort).then(() => child.kill('SIGKILL'));
  late.catch(() => {});
  await ended;
  abort.abort();
}
