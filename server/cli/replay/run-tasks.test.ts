import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runTasks } from './run-tasks.ts';

const task = (id: string, after: string | null = null, atMs = 0) => ({ id, after, atMs });
const speed = Number.POSITIVE_INFINITY;

test('never more at once than allowed, and all of them run', async () => {
  let running = 0;
  let most = 0;
  const done: string[] = [];
  const tasks = Array.from({ length: 20 }, (_, n) => task(`${n}`));
  const run = async ({ id }: { id: string }) => {
    most = Math.max(most, ++running);
    await turn();
    running--;
    done.push(id);
    return true;
  };
  await runTasks(tasks, { limit: 4, speed, run });
  expect(most).toBe(4);
  expect(done.length).toBe(20);
});

test('a task waits for the one before it, is overtaken meanwhile, and comes first when it is free', async () => {
  const log: string[] = [];
  const run = async ({ id }: { id: string }) => {
    log.push(`start ${id}`);
    await turn();
    log.push(`end ${id}`);
    return true;
  };
  await runTasks([task('root'), task('reply', 'root'), task('x'), task('y')], { limit: 2, speed, run });
  expect(log).toEqual(['start root', 'start x', 'end root', 'start reply', 'end x', 'start y', 'end reply', 'end y']);
});

test('what stands behind a failed task is not run, and is named', async () => {
  const ran: string[] = [];
  const run = async ({ id }: { id: string }) => {
    ran.push(id);
    return id !== 'a';
  };
  const stranded = await runTasks([task('a'), task('b', 'a'), task('c', 'b'), task('d')], { limit: 1, speed, run });
  expect(ran).toEqual(['a', 'd']);
  expect(stranded.map(({ id }) => id)).toEqual(['b', 'c']);
});

test('a rejection ends the run, and nothing more is started', async () => {
  const ran: string[] = [];
  const run = async ({ id }: { id: string }) => {
    ran.push(id);
    if (id === 'b') throw new Error('the server is gone');
    await turn();
    return true;
  };
  await expect(runTasks([task('a'), task('b'), task('c'), task('d')], { limit: 2, speed, run })).rejects.toThrow(
    'gone',
  );
  await turn();
  expect(ran).toEqual(['a', 'b']);
});

test('at a speed, a task starts no earlier than its time of the recording', async () => {
  const started = performance.now();
  const at: number[] = [];
  const run = async () => {
    at.push(performance.now() - started);
    return true;
  };
  await runTasks([task('a', null, 50_000), task('b', null, 53_000)], { limit: 8, speed: 100, run });
  expect(at[1]).toBeGreaterThanOrEqual(29);
});

test('no task is no work', async () => {
  expect(await runTasks([], { limit: 1, speed, run: async () => true })).toEqual([]);
});
