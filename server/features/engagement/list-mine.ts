import { z } from 'zod';
import { meEngagementItem, meEngagementQuery } from '../../contract/engagement.ts';
import { pageOf } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { decodeCursor, encodeCursor, timeKeyset } from '../cursor.ts';

const keyset = timeKeyset.extend({ list: z.literal('my engagement') });

/** Everything the caller did, newest first, of one campaign or of all. */
export const listMine = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/me/engagement',
    summary: 'What the caller liked, saved, followed, shared and wrote',
    access: 'signed-in',
    query: meEngagementQuery,
    answers: { 200: pageOf(meEngagementItem) },
    handle: async (call) => {
      const { limit, cursor, campaignId } = call.query;
      const after = decodeCursor(keyset, cursor);
      const { rows } = await pool.query<z.infer<typeof meEngagementItem>>({
        name: 'my_engagement_list',
        text: `select id, engagement_type as type, campaign_id as "campaignId", iso(created_at) as "createdAt",
                 case engagement_type when 'comment' then id else parent_comment_id end as "commentId"
               from campaign_engagement
               where user_id = $1 and ($2::bigint is null or campaign_id = $2) and ($3::timestamptz is null or (created_at, id) < ($3, $4))
               order by created_at desc, id desc limit $5`,
        values: [caller(call).userId, campaignId ?? null, after?.at ?? null, after?.id ?? null, limit + 1],
      });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        status: 200,
        body: {
          items,
          nextCursor: last ? encodeCursor({ list: 'my engagement', at: last.createdAt, id: last.id }) : null,
        },
      };
    },
  });
