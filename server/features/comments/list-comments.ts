import { z } from 'zod';
import { type CommentPage, commentPageSchema, commentParams, listCommentsQuery } from '../../contract/comment.ts';
import { idParamSchema, idSchema, timeSchema } from '../../contract/primitives.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { requireCampaign } from '../visible-campaign.ts';

const keyset = z.object({
  sort: z.string(),
  parent: idSchema.nullable(),
  likes: z.int(),
  at: timeSchema,
  id: idSchema,
});

interface Listed extends Omit<CommentPage, 'nextCursor'> {
  next: { likes: number; at: string; id: number } | null;
}

type Query = z.infer<typeof listCommentsQuery>;

/** The top level of a campaign's discussion. */
export const listComments = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/comments',
    summary: 'The discussion of a campaign, a page at a time, with its position in the stream',
    access: 'public',
    params: z.object({ id: idParamSchema }),
    query: listCommentsQuery,
    answers: { 200: commentPageSchema },
    handle: async ({ params, query, who }) => {
      await requireCampaign(pool, params.id, who);
      return { status: 200, body: await readPage(pool, params.id, null, query) };
    },
  });

/** The direct replies to a comment. */
export const listReplies = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/comments/:id/replies',
    summary: 'The replies to a comment, a page at a time',
    access: 'public',
    params: commentParams,
    query: listCommentsQuery,
    answers: { 200: commentPageSchema },
    handle: async ({ params, query, who }) => {
      const campaignId = await campaignOfComment(pool, params.id, who);
      return { status: 200, body: await readPage(pool, campaignId, params.id, query) };
    },
  });

/** The campaign of a comment that this person may see; 404 for everything else. */
export async function campaignOfComment(pool: Pool, commentId: number, who: Principal | null): Promise<number> {
  const { rows } = await pool.query<{ campaignId: number }>({
    name: 'campaign_of_comment',
    text: `select campaign_id as "campaignId" from comment_documents
           where id = $1 and status in ('published', 'approved', 'removed', 'rejected')`,
    values: [commentId],
  });
  const [comment] = rows;
  if (!comment) throw new Refusal('unknown_comment');
  await requireCampaign(pool, comment.campaignId, who).catch(() => {
    throw new Refusal('unknown_comment');
  });
  return comment.campaignId;
}

async function readPage(pool: Pool, campaignId: number, parentId: number | null, query: Query): Promise<CommentPage> {
  const { sort, limit, previewReplies, cursor } = query;
  const after = decodeCursor(keyset, cursor);
  if (after && (after.sort !== sort || after.parent !== parentId)) throw new Refusal('invalid_cursor');
  const { rows } = await pool.query<{ page: Listed }>({
    name: 'list_comments',
    text: 'select list_comments($1, $2, $3, $4, $5, $6, $7, $8) as page',
    values: [campaignId, parentId, sort, limit, previewReplies, after?.likes, after?.at, after?.id],
  });
  if (!rows[0]?.page) throw new Refusal('unknown_campaign');
  const { next, ...page } = rows[0].page;
  return { ...page, nextCursor: next ? encodeCursor({ sort, parent: parentId, ...next }) : null };
}
