import cluster from 'node:cluster';
import type { Config } from '../config.ts';
import { createLog } from '../platform/log.ts';
import type { ToWorker } from './messages.ts';
import { startNode } from './start-node.ts';
import { printForAll } from './worker-metrics.ts';

/** Sooner than the primary's own limit, since it stops the database after us. */
const stopWithinMs = 20_000;

/**
 * A worker: one of several whole nodes on one machine, started by the primary in run-workers.ts and behind its port.
 * Resolves when it serves; rejects when it can't start.
 *
 * It drains when the primary says so, or at a signal of its own; a terminal's Ctrl-C brings both, and they are one. When
 * the primary is gone, even by kill -9, the channel to it closes and Node.js ends a worker at once: nothing acknowledged
 * can be lost by that, and no process stays behind that nobody watches.
 */
export async function runWorker(config: Config): Promise<void> {
  const log = createLog(config.LOG_LEVEL).child({ worker: cluster.worker?.id, pid: process.pid });
  const started = startNode(config, config.DATABASE_URL ?? '', log);

  const stop = async () => {
    setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, stopWithinMs).unref();
    const app = await started.catch(() => null);
    await app?.stop();
    process.exit(0);
  };
  let leaving = false;
  const leave = () => {
    if (!leaving) void stop();
    leaving = true;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, leave);
  process.on('message', (message: ToWorker) => {
    if (message.to === 'stop') leave();
  });

  const { metrics } = await started;
  printForAll(metrics.registry);
}
