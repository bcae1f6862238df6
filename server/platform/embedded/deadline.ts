import { setTimeout as sleep } from 'node:timers/promises';

/**
 * True as soon as `done()` holds, false when it still does not after `within` milliseconds. It polls because what the
 * embedded PostgreSQL waits on (a pid file, a process that is not our child) sends no event.
 */
export async function waitUntil(done: () => boolean, within: number): Promise<boolean> {
  const end = performance.now() + within;
  while (!done()) {
    if (performance.now() > end) return false;
    await sleep(10);
  }
  return true;
}

/** The same without giving up the thread, for exit handlers, which cannot await. */
export function waitUntilNow(done: () => boolean, within: number): boolean {
  const end = performance.now() + within;
  const cell = new Int32Array(new SharedArrayBuffer(4));
  while (!done()) {
    if (performance.now() > end) return false;
    Atomics.wait(cell, 0, 0, 10);
  }
  return true;
}
