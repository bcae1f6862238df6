/*
 * The workers of one machine, in slots. Each slot goes round for as long as the fleet runs:
 *
 *   fork    a process that is a whole node; the port is the primary's, which hands connections out in turn
 *   serve   it listens
 *   end     whatever the cause; what it held is found again elsewhere: sockets reconnect, writes are sent again
 *   wait    not at all after a life of some length, longer each time after short ones
 *
 * The first worker is started alone, so that what keeps all of them from starting is said once and ends everything.
 * Later nothing does: a worker that can't start while PostgreSQL is away will be able to when it is back.
 */
import cluster, { type Worker } from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../platform/log.ts';
import { retryDelay } from './retry-delay.ts';

export interface Fleet {
  /** Resolves when all serve; rejects with WorkerEnded when one of the first ends before that. */
  start(): Promise<void>;
  /** Those that serve now. */
  serving(): Worker[];
  /** Tells every worker to drain, resolves when none is left; says whether all ended in order. May be called twice. */
  stop(): Promise<boolean>;
}

interface FleetOptions {
  size: number;
  /** Only what the workers have beyond our own environment; it holds secrets and is never printed. */
  environment: NodeJS.ProcessEnv;
  onFork: (worker: Worker) => void;
  onDeath: () => void;
  log: Log;
}

/** The worker has said on its standard error why. */
export class WorkerEnded extends Error {
  override name = 'WorkerEnded';
}

const shortLifeMs = 10_000;

export function createFleet({ size, environment, onFork, onDeath, log }: FleetOptions): Fleet {
  const serving = new Set<Worker>();
  const slots: Promise<void>[] = [];
  const stopping = new AbortController();
  let inOrder = true;
  cluster.setupPrimary({ args: [] }); // the file we were started from, which sees that it is a worker

  /** One life; answers how long the worker served, in milliseconds, 0 when it never did. */
  const live = (onServing: () => void) =>
    new Promise<number>((resolve) => {
      const worker = cluster.fork(environment);
      const since = { ms: 0 };
      onFork(worker);
      worker.on('error', (error) =>
        log.error({ worker: worker.id, cause: error.message }, 'a worker can not be reached'),
      );
      worker.once('listening', () => {
        since.ms = performance.now();
        serving.add(worker);
        onServing();
      });
      worker.once('exit', (code: number | null, signal: string | null) => {
        serving.delete(worker);
        const asked = stopping.signal.aborted || code === 0;
        if (!asked) {
          log.error({ worker: worker.id, pid: worker.process.pid, how: signal ?? `exit ${code}` }, 'a worker died');
          onDeath();
        }
        if (stopping.signal.aborted && code !== 0) inOrder = false;
        resolve(since.ms === 0 ? 0 : performance.now() - since.ms);
      });
      if (stopping.signal.aborted) tell(worker);
    });

  const keep = async (onServing: () => void, onFirstEnd: () => void): Promise<void> => {
    let shortLives = 0;
    while (!stopping.signal.aborted) {
      const servedMs = await live(onServing);
      onFirstEnd();
      shortLives = servedMs < shortLifeMs ? shortLives + 1 : 0;
      await delay(retryDelay(shortLives), undefined, { signal: stopping.signal }).catch(() => {});
    }
  };

  /** Settles with the first life: it serves, or it is over. What comes after an end before serving is `stop`. */
  const fill = () =>
    new Promise<void>((resolve, reject) => {
      slots.push(keep(resolve, () => reject(new WorkerEnded('a worker could not start'))));
    });

  return {
    async start() {
      await fill();
      await Promise.all(Array.from({ length: size - 1 }, fill));
    },
    serving: () => [...serving],
    async stop() {
      if (!stopping.signal.aborted) for (const worker of everybody()) tell(worker);
      stopping.abort();
      await Promise.all(slots);
      return inOrder;
    },
  };
}

const everybody = () => Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);

/** A worker that is gone already needs to be told nothing. */
const tell = (worker: Worker) => worker.send({ to: 'stop' }, () => {});
