import type { StreamKind } from '../live/stream-kind.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Pool } from '../platform/db.ts';
import type { Operation } from '../platform/http/operation.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { JudgeText } from './submission.ts';

/** What every feature is given. */
export interface Services {
  /** For reads. */
  pool: Pool;
  /** For the group-commit writers alone, so that no read ever waits behind a batch or the other way round. */
  writePool: Pool;
  /** For writes that are a transaction of their own (see once): they may wait for locks, and then wait for each other. */
  actPool: Pool;
  /** For closings of cycles, which may be large: a statement has a minute. */
  closingPool: Pool;
  /** For reads that are long and rare. */
  pastPool: Pool;
  log: Log;
  metrics: Metrics;
  maxQueue: number;
  /** What the rules make of a text before it is written. */
  judge: JudgeText;
  /** How long after it was written a comment may be edited. */
  editWindowSeconds: number;
}

/** A slice of the product as data. */
export interface Feature {
  operations: Operation[];
  streams?: StreamKind[];
  /** A user's last socket on this node went away; `isBack` says whether they have one again. */
  userGone?(who: Principal, isBack: () => boolean): void;
  /** Something was committed, here or elsewhere. Called often, and has to be cheap. */
  hint?(): void;
  /** Commits what was accepted. */
  stop?(): Promise<void>;
}
