import { type Loop, startLoop } from '../../platform/background-loop.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';

const everyMs = 10 * 60_000;
const atOnce = 1_000;

/**
 * Later events wait seven days for their impression (see apply_later_events). Those that waited in vain leave the waiting
 * room here, a thousand at a time; their ids stay taken. Any node may do it, and several at once do no harm.
 */
export function sweepWaitingRoom(pool: Pool, log: Log): Loop {
  const work = async () => {
    for (let gone = atOnce; gone === atOnce; ) {
      const { rows } = await pool.query<{ gone: number }>({
        name: 'give_up_waiting',
        text: 'select give_up_waiting($1) as gone',
        values: [atOnce],
      });
      gone = Number(rows[0]?.gone ?? 0);
    }
  };
  return startLoop({ name: 'waiting room', everyMs, log, work });
}
