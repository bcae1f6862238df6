import { type Loop, startLoop } from '../platform/background-loop.ts';
import type { Pool } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { inTransaction } from '../platform/transaction.ts';
import { auditCampaign, type Difference } from './audit-database.ts';

const everyMs = 5_000;
/** A recount of a campaign with more rows than this is left to the `audit` command. */
const maxRows = 200_000;

interface BackgroundAuditOptions {
  pool: Pool;
  /** What this node last showed of a campaign that differs from the database at the same version. */
  shownWrong: (campaignId: number) => Promise<Difference[]>;
  log: Log;
  metrics: Metrics;
}

/**
 * Audits one campaign after the other, all the time and slowly: the divergence it exports must be 0. Each finding is
 * logged by its place, never with its content.
 */
export function startBackgroundAudit({ pool, shownWrong, log, metrics }: BackgroundAuditOptions): Loop {
  let last = 0;
  const found = new Map<number, number>();

  const next = async (): Promise<number | undefined> => {
    const { rows } = await pool.query<{ id: number }>(
      `select campaign_id as id from campaign_counters
       where likes + shares + comments + saves + bookmarks + impressions <= ${maxRows}
       order by campaign_id <= $1, campaign_id limit 1`,
      [last],
    );
    return rows[0]?.id;
  };

  return startLoop({
    name: 'background audit',
    everyMs,
    log,
    work: async () => {
      const campaignId = await next();
      if (campaignId === undefined) return;
      last = campaignId;
      const stored = await inTransaction(pool, async (client) => {
        await client.query('set transaction isolation level repeatable read read only');
        return auditCampaign(client, campaignId);
      });
      const differences = [...stored, ...(await shownWrong(campaignId))];
      metrics.audited.inc();
      if (differences.length > 0) found.set(campaignId, differences.length);
      else found.delete(campaignId);
      metrics.divergence.set([...found.values()].reduce((sum, count) => sum + count, 0));
      for (const { projection, key } of differences)
        log.error({ campaignId, projection, key }, 'the audit found a difference');
    },
  });
}
