import { atMostEvery } from '../../platform/at-most-every.ts';
import { type Loop, startLoop } from '../../platform/background-loop.ts';
import { isConflictError, type Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';

const everyMs = 250;
const hintEveryMs = { least: 5, most: 50 };
const usersAtOnce = 100;

/**
 * Makes lists of the notes that triggers left, soon after each commit that hinted at them and four times a second anyway;
 * a user at most once a second. Hints come with every commit, whatever it was: while they bring notes they are followed after
 * 5 ms, and each that brings none doubles that up to 50 ms, so that likes are not asked about 100 times a second. Several nodes may try; one does it. What a node that dies had begun is rolled back, and
 * its notes are still there.
 */
export function startSettleLoop(pool: Pool, log: Log, metrics: Pick<Metrics, 'notificationNotes'>): Loop {
  let stopped = false;
  let spacingMs = hintEveryMs.least;
  const work = async () => {
    let taken = await settleDue(pool);
    spacingMs = taken > 0 ? hintEveryMs.least : Math.min(2 * spacingMs, hintEveryMs.most);
    // A user who is due has a note at least: fewer notes are all that were due.
    while (taken >= usersAtOnce && !stopped) taken = await settleDue(pool);
  };
  const settleDue = async (from: Pool): Promise<number> => {
    try {
      const { rows } = await from.query<{ taken: number }>({
        name: 'due_notifications',
        text: 'select due_notifications($1) as taken',
        values: [usersAtOnce],
      });
      const taken = rows[0]?.taken ?? 0;
      metrics.notificationNotes.inc(taken);
      return taken;
    } catch (error) {
      if (isConflictError(error)) return 0; // somebody reads just now; the next run finds the notes
      throw error;
    }
  };
  const loop = startLoop({ name: 'notifications', everyMs, log, work });
  const soon = atMostEvery(() => spacingMs, loop.wake);
  return {
    wake: soon.call,
    stop() {
      stopped = true;
      soon.stop();
      return loop.stop();
    },
  };
}
