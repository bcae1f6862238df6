import { type Task, TaskQueue } from './task-queue.ts';

interface RunOptions<T> {
  /** How many may run at once. */
  limit: number;
  /** How many times faster than recorded; Infinity: as fast as the dependencies allow. */
  speed: number;
  /** Says whether it worked: what waits for a task that did not is never run. A rejection ends the whole run. */
  run: (task: T) => Promise<boolean>;
}

/** Runs every task, `limit` at once, and answers those that could not run because of one before them. */
export function runTasks<T extends Task>(tasks: T[], { limit, speed, run }: RunOptions<T>): Promise<T[]> {
  const queue = new TaskQueue(tasks);
  const clock = createClock(tasks[0]?.atMs ?? 0, speed);
  let running = 0;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;

  return new Promise((resolve, reject) => {
    const pump = () => {
      clearTimeout(timer);
      while (running < limit && !ended) {
        const task = queue.take(clock.now());
        if (!task) break;
        running++;
        run(task).then((worked) => settled(task, worked), fail);
      }
      if (running === limit || ended) return;
      const nextAtMs = queue.nextAtMs();
      if (nextAtMs !== null) timer = setTimeout(pump, clock.untilMs(nextAtMs));
      else if (running === 0) resolve(queue.stranded);
    };
    const settled = (task: T, worked: boolean) => {
      running--;
      if (worked) queue.succeed(task);
      pump();
    };
    const fail = (error: unknown) => {
      ended = true;
      clearTimeout(timer);
      reject(error);
    };
    pump();
  });
}

/** setTimeout takes no more; a longer wait is taken in steps. */
const longestWaitMs = 2 ** 31 - 1;

/** The recording's clock: it starts at the first task and runs `speed` times as fast as ours. */
function createClock(startMs: number, speed: number) {
  const started = performance.now();
  const now = () => (speed === Number.POSITIVE_INFINITY ? speed : startMs + (performance.now() - started) * speed);
  return { now, untilMs: (atMs: number) => Math.min(longestWaitMs, Math.max(1, Math.ceil((atMs - now()) / speed))) };
}
