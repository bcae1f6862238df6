/**
 * What follows from money by itself: whole cycles are billed, campaigns that ended are settled, those whose balance stays
 * below their threshold are paused and go on when it is above again.
 *   1. sweep: once at the start, campaigns that were due before the triggers that note them
 *   2. due:   the few campaigns that the triggers noted (billing_due, low_balance), by primary key
 *   3. act:   each in a transaction of its own, which looks again under its locks; several nodes may try, one does it
 */
import { type Loop, startLoop } from '../../platform/background-loop.ts';
import { isConflictError, isConnectionError, type Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';

const everyMs = 500;
const pageSize = 100;

interface MoneyOptions {
  pool: Pool;
  log: Log;
  metrics: Pick<Metrics, 'moneyActs'>;
}

type Act = 'bill_due' | 'settle_low_balance';

export function startMoneyLoop({ pool, log, metrics }: MoneyOptions): Loop {
  let swept = false;
  let stopped = false;

  /** False when there was nothing to be done, or somebody else is at it. */
  const act = async (name: Act, campaignId: number): Promise<boolean> => {
    try {
      const { rows } = await pool.query<{ done: string | null }>(`select ${name}($1) as done`, [campaignId]);
      const done = rows[0]?.done ?? null;
      if (done !== null) metrics.moneyActs.inc({ act: done });
      return done !== null;
    } catch (error) {
      if (isConnectionError(error)) throw error;
      // A writer was in the way, or a campaign has figures that no invoice can hold: the next run finds it again, and
      // the others do not wait for it.
      if (!isConflictError(error))
        log.warn({ campaignId, act: name, cause: String(error) }, 'money could not be settled');
      return false;
    }
  };
  const each = async (table: string, name: Act) => {
    let after = 0;
    for (;;) {
      const { rows } = await pool.query<{ id: number }>(
        `select campaign_id as id from ${table} where campaign_id > $1 order by campaign_id limit ${pageSize}`,
        [after],
      );
      for (const { id } of rows) {
        for (let more = true; more && !stopped; ) more = (await act(name, id)) && name === 'bill_due';
        after = id;
      }
      if (rows.length < pageSize || stopped) return;
    }
  };
  const work = async () => {
    if (!swept) await pool.query('select note_money()');
    swept = true;
    await each('billing_due', 'bill_due');
    await each('low_balance', 'settle_low_balance');
  };
  const loop = startLoop({ name: 'money', everyMs, log, work });
  return {
    wake: loop.wake,
    stop() {
      stopped = true;
      return loop.stop();
    },
  };
}
