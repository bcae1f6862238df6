import { z } from 'zod';
import { type EngagementCounts, engagementAnswer, myEngagementAnswer } from '../../contract/engagement.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { requireCampaign } from '../visible-campaign.ts';

const params = z.object({ id: idParamSchema });

export const readCounts = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/engagement',
    summary: 'The counts of a campaign',
    access: 'public',
    params,
    answers: { 200: engagementAnswer },
    handle: async ({ params: { id }, who }) => {
      await requireCampaign(pool, id, who);
      const { rows } = await pool.query<EngagementCounts & { total: number }>({
        name: 'engagement_counts',
        text: `select likes_count as likes, shares_count as shares, comments_count as comments, saves_count as saves,
                 bookmarks_count as bookmarks, total_engagements as total
               from get_campaign_engagement_counts($1)`,
        values: [id],
      });
      return { status: 200, body: rows[0] };
    },
  });

export const readMine = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/engagement/me',
    summary: 'What the caller did with a campaign',
    access: 'signed-in',
    ofCampaign: true,
    params,
    answers: { 200: myEngagementAnswer },
    handle: async (call) => {
      await requireCampaign(pool, call.params.id, call.who);
      const { rows } = await pool.query<z.infer<typeof myEngagementAnswer>>({
        name: 'my_engagement',
        text: `select has_user_engaged($1, $2, 'like') as like, has_user_engaged($1, $2, 'save') as save,
                 has_user_engaged($1, $2, 'bookmark') as bookmark, has_user_engaged($1, $2, 'share') as shared,
                 has_user_engaged($1, $2, 'comment') as commented`,
        values: [call.params.id, caller(call).userId],
      });
      return { status: 200, body: rows[0] };
    },
  });
