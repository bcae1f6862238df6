import { z } from 'zod';
import { engagedItem, engagedQuery } from '../../contract/engagement.ts';
import { idParamSchema, idSchema, pageOf } from '../../contract/primitives.ts';
import { seesHidden } from '../../platform/auth/principal.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { decodeCursor, encodeCursor, timeKeyset } from '../cursor.ts';
import { requireCampaign, visibleCampaign } from '../visible-campaign.ts';

const keyset = timeKeyset.extend({ list: z.literal('engaged'), campaign: idSchema, type: z.string().nullable() });
const told = ['like', 'share', 'comment'] as const;

/**
 * Who liked, shared and commented, newest first. Likes of comments are not engagement with the campaign; saves and
 * follows are private to the user.
 */
export const listEngaged = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/engagement/users',
    summary: 'Who engaged with a campaign, for its owner and moderators',
    access: async (who, id) => {
      const parsed = idParamSchema.safeParse(id);
      if (!parsed.success) return who.roles.has('admin') || who.roles.has('moderator') || who.roles.has('advertiser');
      const campaign = await visibleCampaign(pool, parsed.data, who);
      return seesHidden(who, campaign?.advertiserId ?? null);
    },
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    query: engagedQuery,
    answers: { 200: pageOf(engagedItem) },
    handle: async ({ params, query, who }) => {
      await requireCampaign(pool, params.id, who);
      const { limit, cursor, type = null } = query;
      const after = decodeCursor(keyset.extend({ campaign: z.literal(params.id), type: z.literal(type) }), cursor);
      const { rows } = await pool.query<z.infer<typeof engagedItem>>({
        name: 'who_engaged',
        text: `select e.id, e.engagement_type as type, iso(e.created_at) as "createdAt",
                 jsonb_build_object('id', e.user_id, 'name', coalesce(p.name, 'user ' || e.user_id),
                   'profileType', e.profile_type) as user
               from unnest($2::text[]) told (type) cross join lateral (
                 select * from campaign_engagement e
                 where e.campaign_id = $1 and e.engagement_type = told.type
                   and (told.type <> 'like' or e.parent_comment_id is null)
                   and (told.type <> 'comment' or comment_is_shown(
                     (select s.status from comment_state s where s.comment_id = e.id)))
                   and ($3::timestamptz is null or (e.created_at, e.id) < ($3, $4))
                 order by e.created_at desc, e.id desc limit $5
               ) e left join person p on p.user_id = e.user_id
               order by e.created_at desc, e.id desc limit $5`,
        values: [params.id, type === null ? told : [type], after?.at ?? null, after?.id ?? null, limit + 1],
      });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const next = last && { list: 'engaged', campaign: params.id, type, at: last.createdAt, id: last.id };
      return { status: 200, body: { items, nextCursor: next ? encodeCursor(next) : null } };
    },
  });
