import { z } from 'zod';
import { fixSnapshot } from '../../audit/snapshot.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import { type StatsAnswer, statsAnswer, statsQuery } from '../../contract/stats.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { ownersOnly } from '../owners-only.ts';
import { requireCampaign } from '../visible-campaign.ts';
import { countBreakdown, countSeries, type Question } from './count.ts';
import { changeOf, type Figures } from './figures.ts';
import { rangeBefore, resolveRange } from './range.ts';

type Compared = NonNullable<StatsAnswer['comparison']>;
/** The answer before it is written, its money exact. */
type Told = Omit<StatsAnswer, 'totals' | 'comparison'> & {
  totals: Figures;
  comparison?: Omit<Compared, 'totals' | 'change'> & { totals: Figures; change: Figures };
};

/** The grammar of the query stands in contract/stats.ts. All of an answer is read in one snapshot. */
export const readStats = (pool: Pool, reportPool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/stats',
    summary: 'Series and breakdowns of a campaign, for its owner',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    query: statsQuery,
    answers: { 200: statsAnswer },
    handle: async ({ params, query, who }) => {
      await requireCampaign(pool, params.id, who);
      const body = await inTransaction(reportPool, async (db): Promise<Told> => {
        await fixSnapshot(db);
        // Distinct people of a million rows in memory; and compiling costs more than it saves.
        await db.query(`set local work_mem = '64MB'; set local jit = off`);
        const range = await resolveRange(db, query).catch(refuseZone);
        const question: Question = { campaignId: params.id, query, interval: range.interval };
        const { totals, series } = await countSeries(db, question, range);
        const { lines, size } = await countBreakdown(db, question, range);
        const { from, to, interval } = range;
        const answer: Told = {
          from,
          to,
          interval,
          timezone: query.timezone,
          totals,
          series,
          breakdown: lines,
          breakdownSize: size,
        };
        if (query.compare) {
          const before = await rangeBefore(db, range, query);
          const then = await countSeries(db, question, before);
          answer.comparison = { from: before.from, to: before.to, ...then, change: changeOf(totals, then.totals) };
        }
        return answer;
      });
      return { status: 200, body };
    },
  });

/** A zone that this server knows and its PostgreSQL, with older rules, does not. */
function refuseZone(error: unknown): never {
  if ((error as { code?: string }).code !== '22023') throw error;
  throw new Refusal('invalid_query', { errors: [{ pointer: '/timezone', message: 'is not known to the database' }] });
}
