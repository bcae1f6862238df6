/**
 * Leases that nobody renews end:
 *   1. by their time: looked for each second on every node; whoever is first releases them, so none depends on the node
 *      that gave it
 *   2. when the last socket of the moderator goes, and is not back after a few seconds; sockets on other nodes are not
 *      known here, and the desk there renews its claims by itself
 */
import { type Loop, startLoop } from '../../../platform/background-loop.ts';
import type { Pool } from '../../../platform/db.ts';
import type { Log } from '../../../platform/log.ts';

const everyMs = 1_000;
const graceMs = 5_000;

export interface Leases extends Loop {
  userGone(userId: number, isBack: () => boolean): void;
}

export function startLeases(pool: Pool, log: Log): Leases {
  const leaving = new Map<number, { at: number; isBack: () => boolean }>();
  const release = (moderator: number | null) =>
    pool.query({ name: 'release_claims', text: 'select release_claims(null, $1)', values: [moderator] });

  const work = async () => {
    await release(null);
    for (const [userId, { at, isBack }] of [...leaving]) {
      if (performance.now() - at < graceMs) continue;
      if (!isBack()) await release(userId);
      leaving.delete(userId);
    }
  };
  const loop = startLoop({ name: 'leases', everyMs, log, work });
  return {
    ...loop,
    userGone: (userId, isBack) => void leaving.set(userId, { at: performance.now(), isBack }),
  };
}
