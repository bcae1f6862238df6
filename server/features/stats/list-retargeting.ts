import { z } from 'zod';
import { idParamSchema, idSchema, pageOf } from '../../contract/primitives.ts';
import { personQuery, retargetingItem } from '../../contract/stats.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { ownersOnly } from '../owners-only.ts';
import { requireCampaign } from '../visible-campaign.ts';

const keyset = z.object({ list: z.literal('retargeting'), campaign: idSchema, user: idSchema });

/**
 * Who liked, shared or commented (published) and never clicked, by user id. A click of invalid traffic is none. Saves and
 * follows are told to nobody, so they put nobody here.
 */
export const listRetargeting = (pool: Pool, reportPool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/stats/retargeting',
    summary: 'Who engaged and never clicked, for the owner of the campaign',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    query: personQuery,
    answers: { 200: pageOf(retargetingItem) },
    handle: async ({ params, query: { limit, cursor }, who }) => {
      await requireCampaign(pool, params.id, who);
      const after = decodeCursor(keyset.extend({ campaign: z.literal(params.id) }), cursor);
      const { rows } = await reportPool.query<z.infer<typeof retargetingItem>>(
        `select jsonb_build_object('id', c.user_id, 'name', coalesce(p.name, 'user ' || c.user_id)) as user,
           c.engagements, iso(c.at) as "lastAt"
         from (
           select e.user_id, count(*) as engagements, max(e.created_at) as at
           from campaign_engagement e
           left join comment_state s on s.comment_id = e.id and e.engagement_type = 'comment'
           where e.campaign_id = $1 and e.user_id > $2
             and (e.engagement_type = 'like' and e.parent_comment_id is null or e.engagement_type = 'share'
               or e.engagement_type = 'comment' and comment_is_shown(s.status))
           group by e.user_id
           having not exists (
             select from campaign_impressions i
             where i.campaign_id = $1 and i.user_id = e.user_id and i.clicked
               and not exists (select from impression_verdict v where v.impression_id = i.id))
           order by e.user_id limit $3
         ) c left join person p on p.user_id = c.user_id
         order by c.user_id`,
        [params.id, after?.user ?? 0, limit + 1],
      );
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const next = last && { list: 'retargeting', campaign: params.id, user: last.user.id };
      return { status: 200, body: { items, nextCursor: next ? encodeCursor(next) : null } };
    },
  });
