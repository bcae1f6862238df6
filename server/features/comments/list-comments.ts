import { z } from 'zod';
import { type CommentPage, commentPageSchema, commentParams, listCommentsQuery } from '../../contract/comment.ts';
import { idParamSchema, idSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { requireCampaign, requireComment } from '../visible-campaign.ts';

const keyset = z.object({
  sort: z.string(),
  parent: idSchema.nullable(),
  likes: z.int(),
  at: z.iso.datetime({ precision: 6 }).refine((at) => !at.startsWith('0000')), // as iso() writes it
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
    ofCampaign: true,
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
      const campaignId = await requireComment(pool, params.id, who);
      return { status: 200, body: await readPage(pool, campaignId, params.id, query) };
    },
  });

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
