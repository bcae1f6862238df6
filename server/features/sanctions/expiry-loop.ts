import { type Loop, startLoop } from '../../platform/background-loop.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';

const everyMs = 500;
/** A run tells this many users at most; the rest has its turn half a second later. */
const most = 100;

/** Tells users that a sanction is over. It ceased to hold at its time by itself; of several nodes each takes what is free. */
export function startExpiryLoop(pool: Pool, log: Log, metrics: Pick<Metrics, 'sanctionsExpired'>): Loop {
  const work = async () => {
    const { rows } = await pool.query<{ expired: number }>({
      name: 'expire_sanctions',
      text: 'select expire_sanctions($1) as expired',
      values: [most],
    });
    metrics.sanctionsExpired.inc(rows[0]?.expired ?? 0);
  };
  return startLoop({ name: 'sanctions', everyMs, log, work });
}
