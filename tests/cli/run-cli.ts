import { execFile } from 'node:child_process';
import path from 'node:path';
import { root } from '../support/processes.ts';

export interface CliRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** `npm run -s cli -- …args` as a process of its own; it sees nothing of our environment but the PATH and the like. */
export function runCli(args: string[], env: NodeJS.ProcessEnv): Promise<CliRun> {
  const { PATH, HOME, TMPDIR } = process.env;
  const options = {
    cwd: root,
    env: { PATH, HOME, TMPDIR, ...env },
    timeout: 90_000,
    maxBuffer: 2 ** 28,
    killSignal: 'SIGKILL',
  } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'server/cli.ts', ...args], options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
      resolve({ code, stdout, stderr });
    });
  });
}

/** A file of this folder. */
export const fixture = (name: string) => path.join(root, 'tests/cli', name);
