import { z } from 'zod';
import { idParamSchema, idSchema, pageOf } from '../../contract/primitives.ts';
import { commenterItem, personQuery } from '../../contract/stats.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { ownersOnly } from '../owners-only.ts';
import { requireCampaign } from '../visible-campaign.ts';

const keyset = z.object({
  list: z.literal('commenters'),
  campaign: idSchema,
  comments: z.int().min(1),
  user: idSchema,
});

/** Whose published comments are most; `likes` are those that they got. A page ranks by what is there when it is read. */
export const listCommenters = (pool: Pool, reportPool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/stats/commenters',
    summary: 'Who comments most, for the owner of the campaign',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    query: personQuery,
    answers: { 200: pageOf(commenterItem) },
    handle: async ({ params, query: { limit, cursor }, who }) => {
      await requireCampaign(pool, params.id, who);
      const after = decodeCursor(keyset.extend({ campaign: z.literal(params.id) }), cursor);
      const { rows } = await reportPool.query<z.infer<typeof commenterItem>>(
        `select jsonb_build_object('id', c.user_id, 'name', coalesce(p.name, 'user ' || c.user_id)) as user, c.comments,
           c.likes, iso(c.at) as "lastAt"
         from (
           select e.user_id, count(*) as comments, sum(k.likes)::bigint as likes, max(e.created_at) as at
           from campaign_engagement e
           join comment_counters k on k.comment_id = e.id
           left join comment_state s on s.comment_id = e.id
           where e.campaign_id = $1 and e.engagement_type = 'comment' and comment_is_shown(s.status)
           group by e.user_id
           having $2::bigint is null or (count(*), -e.user_id) < ($2, -$3::bigint)
           order by comments desc, e.user_id limit $4
         ) c left join person p on p.user_id = c.user_id
         order by c.comments desc, c.user_id`,
        [params.id, after?.comments ?? null, after?.user ?? null, limit + 1],
      );
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const next = last && { list: 'commenters', campaign: params.id, comments: last.comments, user: last.user.id };
      return { status: 200, body: { items, nextCursor: next ? encodeCursor(next) : null } };
    },
  });
