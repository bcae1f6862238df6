import { type Loop, startLoop } from '../../platform/background-loop.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';

const everyMs = 15_000;
const atOnce = 1_000;
/** What may wait for an endpoint that fails: at ten events a second nearly three hours. Ten times that for one that is slow. */
const backlog = 100_000;

/** Forgets what is 30 days old, some at a time, disables endpoints that too much waits for, and measures the queue. */
export function startKeepLoop(
  pool: Pool,
  log: Log,
  metrics: Pick<Metrics, 'webhookQueue' | 'webhookOldest' | 'webhooksForgotten'>,
): Loop {
  let stopped = false;
  const work = async () => {
    for (let more = true; more && !stopped; ) {
      const { rows } = await pool.query<{ forgotten: number; disabled: number; more: boolean }>(
        'select * from keep_webhooks($1, $2)',
        [atOnce, backlog],
      );
      metrics.webhooksForgotten.inc(rows[0]?.forgotten ?? 0);
      if (rows[0]?.disabled)
        log.warn({ endpoints: rows[0].disabled }, 'webhook endpoints were disabled: too much waits');
      more = rows[0]?.more ?? false;
    }
    const { rows } = await pool.query<{ waiting: number; oldest_seconds: number }>('select * from webhook_queue()');
    metrics.webhookQueue.set(rows[0]?.waiting ?? 0);
    metrics.webhookOldest.set(rows[0]?.oldest_seconds ?? 0);
  };
  const loop = startLoop({ name: 'webhook retention', everyMs, log, work });
  return {
    wake: loop.wake,
    stop() {
      stopped = true;
      return loop.stop();
    },
  };
}
