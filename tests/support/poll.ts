import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `assertion` until it no longer throws and answers its value; after `within` milliseconds it throws the last
 * failure. For states that send no signal; where there is a signal, await that.
 */
export async function eventually<T>(assertion: () => T | Promise<T>, { within }: { within: number }): Promise<T> {
  const end = performance.now() + within;
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() + pause > end) {
        throw new Error(`still failing after ${within} ms: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      }
    }
    await sleep(pause);
  }
}
