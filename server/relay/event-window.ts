import { type Loop, startLoop } from '../platform/background-loop.ts';
import type { Pool } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';

/** Keeps partitions of live_event ahead of time and drops those that left the window, whole; and old receipts. */
export function startEventWindow(pool: Pool, log: Log, windowHours: number): Loop {
  return startLoop({
    name: 'event window',
    everyMs: 600_000,
    log,
    work: async () => {
      await pool.query('select keep_event_window($1)', [windowHours]);
      await pool.query("delete from write_receipt where at < now() - interval '24 hours'");
    },
  });
}
