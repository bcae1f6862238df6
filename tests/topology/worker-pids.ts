import { execFileSync } from 'node:child_process';
import { eventually } from '../support/poll.ts';
import type { ServerProcess } from '../support/processes.ts';

/** The workers that have come to listen so far, in order, replacements last. */
export function workerPids(server: Pick<ServerProcess, 'output'>): number[] {
  const lines = server.output().split('\n').slice(0, -1);
  return lines
    .filter((line) => line.includes('"msg":"listening"'))
    .map((line) => (JSON.parse(line) as { pid: number }).pid);
}

/** Resolves with the pids of the workers once so many have come to listen. */
export const workersListening = (server: ServerProcess, count: number): Promise<number[]> =>
  eventually(
    () => {
      const pids = workerPids(server);
      if (pids.length < count) throw new Error(`${pids.length} of ${count} workers listened`);
      return pids;
    },
    { within: 20_000 },
  );

/** Every process below this one, children of children included. */
export function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    table.filter(([, ppid]) => ppid === parent).flatMap(([child = 0]) => [child, ...below(child)]);
  return below(pid);
}

export function isAlive(pid: number): boolean {
  const state = (() => {
    try {
      return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    } catch {
      return ''; // ps exits 1 when there is no such process.
    }
  })();
  return state !== '' && !state.startsWith('Z');
}
