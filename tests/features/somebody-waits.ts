import type pg from 'pg';
import { eventually } from '../support/poll.ts';

/** Resolves when `count` connections of this database wait for somebody's lock. */
export function somebodyWaits({ pool }: { pool: Pick<pg.Client, 'query'> }, count = 1): Promise<void> {
  return eventually(
    async () => {
      const { rows } = await pool.query<{ waiting: number }>(
        `select count(*)::int as waiting from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if ((rows[0]?.waiting ?? 0) < count) throw new Error(`${rows[0]?.waiting} wait for a lock, not ${count}`);
    },
    { within: 5_000 },
  );
}
