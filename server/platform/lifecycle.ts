import type { Log } from './log.ts';

/**
 * Stops once at SIGTERM or SIGINT and exits 0; a second signal, or a stop that takes longer than `withinMs`, exits 1.
 */
export function onStopSignal(log: Log, withinMs: number, stop: () => Promise<void>): void {
  let stopping = false;
  const leave = async (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, withinMs).unref();
    await stop();
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void leave(signal));
}
