/**
 * What follows from money by itself: whole cycles are billed, campaigns that ended are settled, those whose balance stays
 * below their threshold are paused and go on when it is above again. Two loops, so that no closing, however large, holds
 * up a pause:
 *   1. sweep: once at the start, campaigns that were due before the triggers that note them
 *   2. due:   the few campaigns that the triggers noted (billing_due, low_balance), by primary key
 *   3. act:   each in a transaction of its own, which looks again under its locks; several nodes may try, one does it
 * Billing goes round: each campaign has one bounded turn (see bill_due), and another when all have had theirs. One that
 * fails is left alone for a while.
 */
import { type Loop, startLoop } from '../../platform/background-loop.ts';
import { isConflictError, isConnectionError, type Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { createBackOff } from './back-off.ts';

const everyMs = 500;
const pageSize = 100;

interface MoneyOptions {
  /** For the small acts. */
  pool: Pool;
  /** For closings, which may take a minute. */
  closingPool: Pool;
  log: Log;
  metrics: Pick<Metrics, 'moneyActs' | 'moneyFailures'>;
}

/** By campaign, and how often the act has failed for it: what failed, perhaps for its size, is billed in smaller cycles. */
const acts = {
  bill_due: 'select bill_due($1, greatest(1000, closing_bound() >> least($2::integer, 20))) as done',
  settle_low_balance: 'select settle_low_balance($1) as done where $2::integer >= 0',
};
type Act = keyof typeof acts;

export function startMoneyLoop({ pool, closingPool, log, metrics }: MoneyOptions): Loop {
  let stopped = false;

  /** One round over all that is noted: says whether anything was done. */
  const rounds = (table: string, name: Act, actPool: Pool) => {
    const backOff = createBackOff();
    /** False when there was nothing to be done, or somebody else is at it. */
    const act = async (campaignId: number): Promise<boolean> => {
      try {
        const { rows } = await actPool.query<{ done: string | null }>(acts[name], [
          campaignId,
          backOff.failures(campaignId),
        ]);
        const done = rows[0]?.done ?? null;
        if (done !== null) metrics.moneyActs.inc({ act: done });
        backOff.worked(campaignId);
        return done !== null;
      } catch (error) {
        if (isConnectionError(error)) throw error;
        // A writer was in the way, which passes; or a closing is too large, or has figures that no invoice can hold.
        if (isConflictError(error)) return false;
        backOff.failed(campaignId);
        metrics.moneyFailures.inc({ act: name });
        log.warn({ campaignId, act: name, cause: String(error) }, 'money could not be settled');
        return false;
      }
    };
    return async (): Promise<boolean> => {
      let done = false;
      for (let after = 0; !stopped; ) {
        const { rows } = await pool.query<{ id: number }>(
          `select campaign_id as id from ${table} where campaign_id > $1 order by campaign_id limit ${pageSize}`,
          [after],
        );
        for (const { id } of rows) {
          if (!stopped && backOff.isDue(id) && (await act(id))) done = true;
          after = id;
        }
        if (rows.length < pageSize) break;
      }
      return done;
    };
  };

  const bill = rounds('billing_due', 'bill_due', closingPool);
  const watch = rounds('low_balance', 'settle_low_balance', pool);
  let swept = false;
  const billing = startLoop({
    name: 'billing',
    everyMs,
    log,
    async work() {
      if (!swept) await closingPool.query('select note_money()');
      swept = true;
      while (!stopped && (await bill()));
    },
  });
  const balances = startLoop({ name: 'balances', everyMs, log, work: async () => void (await watch()) });
  return {
    wake() {
      billing.wake();
      balances.wake();
    },
    async stop() {
      stopped = true;
      await Promise.all([billing.stop(), balances.stop()]);
    },
  };
}
