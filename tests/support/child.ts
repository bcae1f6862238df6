import { type ChildProcess, spawn } from 'node:child_process';
import { dieWithParent } from '../../server/platform/embedded/die-with-parent.ts';

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** A child process of a test, with all it printed. */
export type Child = {
  pid: number;
  kill(signal?: NodeJS.Signals): void;
  exited: Promise<Exit>;
  output(): string;
  /** The first line that matches; rejects with the output when the child exits or `within` milliseconds pass first. */
  line(pattern: RegExp, within: number): Promise<string>;
};

const alive = new Set<ChildProcess>();
// Where setpriv cannot bind them to us, they still end with an interrupted run; only kill -9 of it leaves them.
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Starts a program that the kernel kills with us, should the test run be killed. Both its outputs are collected. */
export function startChild(program: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv }): Child {
  const run = dieWithParent('KILL', program, args);
  const child = spawn(run.command, run.args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  alive.add(child);
  let printed = '';
  const readers = new Set<() => void>();
  const collect = (chunk: string) => {
    printed += chunk;
    for (const read of readers) read();
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  // 'close' and not 'exit': only then has everything it printed been read.
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      collect(`${error.message}\n`);
      resolve({ code: null, signal: null });
    });
    child.once('close', (code, signal) => {
      alive.delete(child);
      resolve({ code, signal });
    });
  });
  const output = () => printed;
  return {
    pid: child.pid ?? 0,
    kill: (signal = 'SIGKILL') => void child.kill(signal),
    exited,
    output,
    line: (pattern, within) => firstLine(pattern, within, { exited, output, readers }),
  };
}

type Source = { exited: Promise<Exit>; output(): string; readers: Set<() => void> };

function firstLine(pattern: RegExp, within: number, { exited, output, readers }: Source): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      readers.delete(read);
      clearTimeout(timer);
      reject(new Error(`${why}; expected a line like ${pattern}, but it printed:\n${output().slice(-4000)}`));
    };
    const read = () => {
      // Without the last piece, which may be the beginning of a line only.
      const found = output()
        .split('\n')
        .slice(0, -1)
        .find((line) => pattern.test(line));
      if (found === undefined) return;
      readers.delete(read);
      clearTimeout(timer);
      resolve(found);
    };
    const timer = setTimeout(() => fail(`no such line in ${within} ms`), within);
    readers.add(read);
    void exited.then(({ code, signal }) => fail(`the process ended (${signal ?? `exit ${code}`})`));
    read();
  });
}
