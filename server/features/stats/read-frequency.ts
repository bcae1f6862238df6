import { z } from 'zod';
import { idParamSchema } from '../../contract/primitives.ts';
import { frequencyAnswer, frequencyQuery } from '../../contract/stats.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { ownersOnly } from '../owners-only.ts';
import { requireCampaign } from '../visible-campaign.ts';

interface Line {
  frequency: number;
  viewers: number;
  impressions: number;
}

/** Exact, from campaign_viewers: how many people saw the campaign how often, over all its time. */
export const readFrequency = (pool: Pool, reportPool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/stats/frequency',
    summary: 'How often people saw a campaign, for its owner',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    query: frequencyQuery,
    answers: { 200: frequencyAnswer },
    handle: async ({ params: { id }, query: { limit }, who }) => {
      await requireCampaign(pool, id, who);
      const { rows } = await reportPool.query<Line>(
        `select least(impressions, $2)::int as frequency, count(*) as viewers, sum(impressions)::bigint as impressions
         from campaign_viewers where campaign_id = $1 and impressions > 0 group by 1 order by 1`,
        [id, limit],
      );
      const known = new Map(rows.map((row) => [row.frequency, row]));
      const reach = rows.reduce((sum, row) => sum + row.viewers, 0);
      const impressions = rows.reduce((sum, row) => sum + row.impressions, 0);
      const histogram = Array.from({ length: limit }, (_, place) => {
        const frequency = place + 1;
        const { viewers = 0, impressions: seen = 0 } = known.get(frequency) ?? {};
        return { frequency, orMore: frequency === limit, viewers, impressions: seen };
      });
      const average = reach === 0 ? 0 : Math.round((impressions / reach) * 1e6) / 1e6;
      return { status: 200, body: { reach, impressions, frequency: average, histogram } };
    },
  });
