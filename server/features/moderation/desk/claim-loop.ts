/**
 * Leases that nobody renews end:
 *   1. by their time: looked for each second on every node; whoever is first releases them, so none depends on the node
 *      that gave it
 *   2. when the last socket of the moderator goes and is not back soon. A node knows its own sockets alone, so it marks the
 *      claims as being left; a node where the moderator has the desk open says within its next second that they stay, and
 *      those that nobody spoke for are released
 */
import { type Loop, startLoop } from '../../../platform/background-loop.ts';
import type { Pool } from '../../../platform/db.ts';
import type { Log } from '../../../platform/log.ts';

const everyMs = 1_000;
/** A page that is loaded again is back sooner. */
const graceMs = 3_000;
/** How long other nodes have to speak for a moderator: two of their rounds. */
const confirmMs = 2_500;

export interface Leases extends Loop {
  /** Opened the desk on this node. */
  userHere(userId: number): void;
  userGone(userId: number, isBack: () => boolean): void;
}

export function startLeases(pool: Pool, log: Log): Leases {
  const here = new Set<number>();
  const leaving = new Map<number, { at: number; isBack: () => boolean }>();

  const sayWhoIsHere = () =>
    pool.query({ name: 'stay_with_claims', text: 'select stay_with_claims($1)', values: [[...here]] });
  const release = () =>
    pool.query({ name: 'release_claims', text: 'select release_claims(null, null, $1)', values: [confirmMs] });
  const leave = (moderator: number) =>
    pool.query({ name: 'leave_claims', text: 'select leave_claims($1)', values: [moderator] });

  const work = async () => {
    if (here.size > 0) await sayWhoIsHere();
    await release();
    for (const [userId, { at, isBack }] of [...leaving]) {
      if (performance.now() - at < graceMs) continue;
      if (!isBack()) await leave(userId);
      leaving.delete(userId);
    }
  };
  const loop = startLoop({ name: 'leases', everyMs, log, work });
  return {
    ...loop,
    userHere: (userId) => void here.add(userId),
    userGone(userId, isBack) {
      here.delete(userId);
      leaving.set(userId, { at: performance.now(), isBack });
    },
  };
}
