import { z } from 'zod';
import { type Comment, commentSchema } from '../../contract/comment.ts';
import { idSchema, pageOf, pageQuery } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';

const keyset = z.object({ list: z.literal('my comments'), id: idSchema });

/** What the caller wrote, newest first, with the status of each: held and removed ones too. */
export const listOwnComments = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/me/comments',
    summary: 'What the caller wrote',
    access: 'signed-in',
    query: z.object(pageQuery),
    answers: { 200: pageOf(commentSchema) },
    handle: async (call) => {
      const { limit, cursor } = call.query;
      const after = decodeCursor(keyset, cursor);
      const { rows } = await pool.query<{ document: Comment }>({
        name: 'my_comments',
        text: `select o.document from (
                 select id from campaign_engagement
                 where user_id = $1 and engagement_type = 'comment' and ($2::bigint is null or id < $2)
                 order by id desc limit $3
               ) page join comment_own_documents o on o.id = page.id order by page.id desc`,
        values: [caller(call).userId, after?.id ?? null, limit + 1],
      });
      const items = rows.slice(0, limit).map(({ document }) => document);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        status: 200,
        body: { items, nextCursor: last ? encodeCursor({ list: 'my comments', id: last.id }) : null },
      };
    },
  });
