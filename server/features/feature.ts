import type { StreamKind } from '../live/stream-kind.ts';
import type { Pool } from '../platform/db.ts';
import type { Operation } from '../platform/http/operation.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';

/** What every feature is given. */
export interface Services {
  /** For reads. */
  pool: Pool;
  /** For the group-commit writers alone, so that no read ever waits behind a batch or the other way round. */
  writePool: Pool;
  /** For writes that are a transaction of their own (see once): they may wait for locks, and then wait for each other. */
  actPool: Pool;
  /** For reads that are long and rare. */
  pastPool: Pool;
  log: Log;
  metrics: Metrics;
  maxQueue: number;
  /** How long after it was written a comment may be edited. */
  editWindowSeconds: number;
}

/** A slice of the product as data. */
export interface Feature {
  operations: Operation[];
  streams?: StreamKind[];
  /** Something was committed, here or elsewhere. Called often, and has to be cheap. */
  hint?(): void;
  /** Commits what was accepted. */
  stop?(): Promise<void>;
}
