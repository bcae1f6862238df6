import { startLoop } from '../platform/background-loop.ts';
import type { Pool } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';

const everyMs = 5_000;
const kept = 12;

/** PostgreSQL's clock as seen from here: it may run on another machine, whose clock is not ours. */
export interface DatabaseClock {
  /** When that was by performance.now(), true to half a round trip to the database. */
  local(at: string | Date): number;
  stop(): Promise<void>;
}

/**
 * As NTP does it: a reading is taken to be of the middle of its round trip, and of the last minute's the one with the
 * shortest trip is believed. Our own wall clock has no part in it, so it may be wrong or be set.
 */
export async function startDatabaseClock(pool: Pool, log: Log): Promise<DatabaseClock> {
  let readings: { aheadMs: number; tripMs: number }[] = [];
  let aheadMs = 0;

  const read = async () => {
    const asked = performance.now();
    const { rows } = await pool.query<{ ms: number }>({
      name: 'database_clock',
      text: 'select extract(epoch from clock_timestamp())::float8 * 1000 as ms',
    });
    const tripMs = performance.now() - asked;
    readings = [...readings, { aheadMs: (rows[0]?.ms ?? 0) - (asked + tripMs / 2), tripMs }].slice(-kept);
    aheadMs = readings.reduce((best, one) => (one.tripMs < best.tripMs ? one : best)).aheadMs;
  };

  await read();
  const loop = startLoop({ name: 'database clock', everyMs, log, work: read });
  return { local: (at) => new Date(at).getTime() - aheadMs, stop: loop.stop };
}
