import { type Loop, startLoop } from '../../platform/background-loop.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';

const everyMs = 30_000;
const keptDays = 90;
const unreadDays = 180;
const atOnce = 1_000;

type Measures = Pick<Metrics, 'notificationDigests' | 'notificationsExpired'>;

/**
 * What time brings: campaigns that fall behind or get ahead, invoices that are overdue, digests that are due, what grew since
 * a webhook was told, and the end: what nobody read for 180 days is put away, what was read or put away 90 days ago goes.
 * Each takes a lock or a key of its own, so it happens once over all nodes.
 */
export function startUpkeepLoop(pool: Pool, log: Log, metrics: Measures): Loop {
  const number = async (text: string, values: unknown[] = []): Promise<number> => {
    const { rows } = await pool.query<{ n: number }>(`select ${text} as n`, values);
    return rows[0]?.n ?? 0;
  };
  const work = async () => {
    await number('note_pacing(now())');
    await number('note_overdue()');
    metrics.notificationDigests.inc(await number('make_digests(now())'));
    await number('send_grown_notifications($1)', [atOnce]);
    await number('put_away_forgotten($1, $2)', [unreadDays, atOnce]);
    metrics.notificationsExpired.inc(await number('expire_notifications($1, $2)', [keptDays, atOnce]));
  };
  return startLoop({ name: 'notification upkeep', everyMs, log, work });
}
