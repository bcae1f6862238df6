import { spawn } from 'node:child_process';
import path from 'node:path';
import { dieWithParent } from '../../server/platform/embedded/die-with-parent.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface MeasuredRun {
  code: number | null;
  seconds: number;
  /** Peak resident memory of the process, in MB. */
  peakMb: number;
  /** Lines on standard output. */
  lines: number;
  lastLine: string;
}

/** Says it with its last breath. A peak that is polled from outside misses the end, and macOS has no /proc. */
const peakTeller = `import fs from 'node:fs';
  process.once('exit', () => fs.writeSync(2, 'peak ' + process.resourceUsage().maxRSS + ' kB'));`;

/** `npm run -s cli -- …args` as a process of its own, with its time and its memory. Its output is counted, not kept. */
export function runMeasured(args: string[], env: Record<string, string>): Promise<MeasuredRun> {
  const preload = `data:text/javascript,${encodeURIComponent(peakTeller)}`;
  const flags = ['--import', preload, '--import', 'tsx', path.join(root, 'server/cli.ts'), ...args];
  const { command, args: wrapped } = dieWithParent('KILL', process.execPath, flags);
  const { PATH, HOME, TMPDIR } = process.env;
  const started = performance.now();
  const child = spawn(command, wrapped, {
    cwd: root,
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const [output, errors] = [tail(child.stdout), tail(child.stderr)];
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', kill);
      const peakMb = Number(/peak (\d+) kB$/.exec(errors.end())?.[1]) / 1_024;
      const seconds = (performance.now() - started) / 1_000;
      resolve({
        code,
        seconds,
        peakMb,
        lines: output.lines(),
        lastLine: output.end().trimEnd().split('\n').at(-1) ?? '',
      });
    });
  });
}

/** Counts the lines of a stream and keeps its end. */
function tail(stream: NodeJS.ReadableStream) {
  let lines = 0;
  let end = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    for (const character of chunk) if (character === '\n') lines++;
    end = (end + chunk).slice(-1_000);
  });
  return { lines: () => lines, end: () => end };
}
