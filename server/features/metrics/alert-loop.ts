import { type Loop, startLoop } from '../../platform/background-loop.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';

const everyMs = 2_000;

/** Looks at the advertisers' alert rules, by the counters and not by the rows; of several nodes one does it at a time. */
export function startAlertLoop(pool: Pool, log: Log, metrics: Pick<Metrics, 'alertsFired'>): Loop {
  const work = async () => {
    const { rows } = await pool.query<{ fired: number }>({
      name: 'evaluate_alerts',
      text: 'select evaluate_alerts() as fired',
    });
    metrics.alertsFired.inc(rows[0]?.fired ?? 0);
  };
  return startLoop({ name: 'alerts', everyMs, log, work });
}
