import type { Config } from '../config.ts';
import { createDatabase, type Database } from '../database.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { createPool, endPool } from '../platform/db.ts';
import { onStopSignal } from '../platform/lifecycle.ts';
import { createLog, type Log } from '../platform/log.ts';
import { assertConnections } from './connection-budget.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { createFleetMetrics } from './fleet-metrics.ts';
import { secretOf } from './start-node.ts';

/** Within the 30 s of the contract, with what the workers and then an embedded PostgreSQL take of it. */
const stopWithinMs = 28_000;

/**
 * The primary of several workers behind one port: what is to be done once it does itself (the database, the schema, the
 * secret, the demo data), the rest is theirs. It serves nothing, so nothing that comes in can hurt it.
 */
export async function runWorkers(config: Config): Promise<void> {
  const log = createLog(config.LOG_LEVEL).child({ worker: 0, pid: process.pid });
  let database: Database | undefined;
  let fleet: Fleet | undefined;
  let stopping = false;
  const start = async () => {
    database = await createDatabase(config, log);
    await assertConnections(config, database.url);
    if (config.demo) await seedOnce(database.url, log);
    if (stopping) return;
    fleet = createMeasuredFleet(config, await environmentOf(config, database.url), log);
    await fleet.start();
    log.info({ workers: config.WORKERS }, 'all workers serve');
  };
  const started = start();
  const stop = async () => {
    stopping = true;
    // A fleet that is still starting is told at once: its start then settles, either way.
    const inOrder = await fleet?.stop();
    await started.catch(() => {});
    await database?.stop();
    if (inOrder === false) {
      log.error('not every worker ended in order');
      process.exit(1);
    }
  };
  onStopSignal(log, stopWithinMs, stop);
  try {
    await started;
  } catch (error) {
    if (stopping) return;
    await fleet?.stop();
    await database?.stop();
    throw error;
  }
}

function createMeasuredFleet(config: Config, environment: NodeJS.ProcessEnv, log: Log): Fleet {
  const metrics = createFleetMetrics(() => fleet.serving());
  const fleet = createFleet({
    size: config.WORKERS,
    environment,
    onFork: metrics.hear,
    onDeath: metrics.died,
    log,
  });
  return fleet;
}

/** What the primary found out or decided, for workers that would otherwise find out again and decide differently. */
async function environmentOf(config: Config, databaseUrl: string): Promise<NodeJS.ProcessEnv> {
  const decided = { DATABASE_URL: databaseUrl, DEMO: config.demo ? '1' : '0', WORKERS: String(config.WORKERS) };
  return config.JWT_JWKS_URL ? decided : { ...decided, JWT_SECRET: await secretOf(config) };
}

async function seedOnce(url: string, log: Log): Promise<void> {
  const pool = createPool({ url, name: 'demo', max: 1, log });
  try {
    await seedDemo(pool);
  } finally {
    await endPool(pool);
  }
}
