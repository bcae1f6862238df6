import { z } from 'zod';
import { idParamSchema } from '../../contract/primitives.ts';
import { overlapAnswer, overlapQuery } from '../../contract/stats.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { ownersOnly, requireOwned } from '../owners-only.ts';
import { requireCampaign } from '../visible-campaign.ts';

/** People whom both campaigns reached, counted one by one. Whoever asks owns both. */
export const readOverlap = (pool: Pool, reportPool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/stats/overlap',
    summary: 'The people whom two campaigns of one owner both reached',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    query: overlapQuery,
    answers: { 200: overlapAnswer },
    handle: async ({ params: { id }, query, who }) => {
      await requireCampaign(pool, id, who);
      await requireOwned(pool, query.with, who);
      const { rows } = await reportPool.query<{ one: number; other: number; both: number }>(
        `select count(*) filter (where one) as one, count(*) filter (where other) as other,
           count(*) filter (where one and other) as both
         from (
           select bool_or(campaign_id = $1) as one, bool_or(campaign_id = $2) as other
           from campaign_viewers where campaign_id in ($1, $2) and impressions > 0 group by viewer
         ) people`,
        [id, query.with],
      );
      const { one = 0, other = 0, both = 0 } = rows[0] ?? {};
      const audience = (campaignId: number, reach: number) => ({
        campaignId,
        reach,
        only: reach - both,
        share: reach === 0 ? 0 : Math.round((both / reach) * 1e6) / 1e6,
      });
      const campaigns = [audience(id, one), audience(query.with, other)];
      return { status: 200, body: { both, either: one + other - both, campaigns } };
    },
  });
