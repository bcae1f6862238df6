import { type Loop, startLoop } from '../platform/background-loop.ts';
import type { Pool } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';

export interface Lag {
  /** Age in seconds of the oldest row not sent yet, 0 when there is none. */
  seconds(): number;
  stop(): Promise<void>;
}

/** Watches how far the relay is behind: a metric, and part of readyz; and how full the NOTIFY queue is, a metric. */
export function startLagWatch(pool: Pool, log: Log, metrics: Metrics): Lag {
  let seconds = 0;
  const work = async () => {
    const { rows } = await pool.query<{ rows: number; seconds: number; queue: number }>(
      `select count(*) as rows, coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float8 as seconds,
         pg_notification_queue_usage() as queue
       from (select at from live_outbox order by id limit 100000) unsent`,
    );
    seconds = rows[0]?.seconds ?? 0;
    metrics.relayLagRows.set(rows[0]?.rows ?? 0);
    metrics.relayLagSeconds.set(seconds);
    metrics.notifyQueue.set(rows[0]?.queue ?? 0);
  };
  const loop: Loop = startLoop({ name: 'relay lag', everyMs: 1_000, log, work });
  return { seconds: () => seconds, stop: loop.stop };
}
