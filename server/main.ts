/** The only file of the server that acts on import: configuration, database, application, stop. */
import cluster from 'node:cluster';
import type { App } from './app.ts';
import type { Config } from './config.ts';
import { readConfig, withArguments } from './config.ts';
import { createDatabase, type Database } from './database.ts';
import { demoScreens } from './demo/demo-screens.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { onStopSignal } from './platform/lifecycle.ts';
import { createLog } from './platform/log.ts';
import { WorkerEnded } from './workers/fleet.ts';
import { runWorkers } from './workers/run-workers.ts';
import { startFailure } from './workers/start-failure.ts';
import { startNode } from './workers/start-node.ts';
import { runWorker } from './workers/worker.ts';

const stopWithinMs = 25_000;

try {
  if (cluster.isWorker) await runWorker(readConfig(process.env));
  else {
    const config = readConfig(withArguments(process.env, process.argv.slice(2)));
    await (config.WORKERS > 1 ? runWorkers(config) : run(config));
  }
} catch (error) {
  // A worker that could not start has said why.
  if (!(error instanceof WorkerEnded)) process.stderr.write(`${startFailure(error as NodeJS.ErrnoException)}\n`);
  process.exit(1);
}

/** The whole server in this process. */
async function run(config: Config): Promise<void> {
  const log = createLog(config.LOG_LEVEL);
  let database: Database | undefined;
  let app: App | undefined;
  const start = async () => {
    database = await createDatabase(config, log);
    app = await startNode(config, database.url, log);
    if (!config.demo) return;
    await seedDemo(app.pool);
    log.info(demoScreens(app.url), 'demo: open these');
  };
  const started = start();
  const stop = async () => {
    await started.catch(() => {});
    await app?.stop();
    await database?.stop();
  };
  // From the first moment: a stop that comes while we start lets the start finish and then undoes it.
  onStopSignal(log, stopWithinMs, stop);
  try {
    await started;
  } catch (error) {
    await stop();
    throw error;
  }
}
