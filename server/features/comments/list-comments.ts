import { z } from 'zod';
import { type CommentPage, commentPageSchema, commentParams, listCommentsQuery } from '../../contract/comment.ts';
import { idParamSchema, idSchema } from '../../contract/primitives.ts';
import { type Principal, seesHidden } from '../../platform/auth/principal.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { decodeCursor, encodeCursor, timeKeyset } from '../cursor.ts';
import { requireCampaign } from '../visible-campaign.ts';
import { requireComment } from '../visible-comment.ts';
import { waitForPosition } from './wait-for-position.ts';

const keyset = timeKeyset.extend({
  sort: z.string(),
  parent: idSchema.nullable(),
  likes: z.int(),
  asOf: z.int().min(0), // the stream's version at the first page
});

interface Listed extends Omit<CommentPage, 'nextCursor'> {
  next: { likes: number; at: string; id: number; asOf: number } | null;
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
    handle: async ({ params, query, who }) => ({
      status: 200,
      body: await readPage(pool, { campaignId: params.id, parentId: null, query, who }),
    }),
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
      const { campaignId } = await requireComment(pool, params.id, who);
      return { status: 200, body: await readPage(pool, { campaignId, parentId: params.id, query, who }) };
    },
  });

interface Asked {
  campaignId: number;
  parentId: number | null;
  query: Query;
  who: Principal | null;
}

async function readPage(pool: Pool, { campaignId, parentId, query, who }: Asked): Promise<CommentPage> {
  const { advertiserId } = await requireCampaign(pool, campaignId, who);
  if (query.at !== undefined && !who) throw new Refusal('unauthenticated');
  if (query.at !== undefined && !seesHidden(who, advertiserId)) throw new Refusal('forbidden');
  const { sort, cursor } = query;
  const from = decodeCursor(keyset, cursor);
  if (from && (from.sort !== sort || from.parent !== parentId)) throw new Refusal('invalid_cursor');
  if (query.after !== undefined) await waitForPosition(pool, campaignId, query.after);
  const page = await (query.at === undefined ? pageNow : pageAsOf)(pool, campaignId, parentId, query, from);
  if (!page) throw new Refusal('unknown_campaign');
  const { next, ...shown } = page;
  return { ...shown, nextCursor: next ? encodeCursor({ sort, parent: parentId, ...next }) : null };
}

type ReadPage = (
  pool: Pool,
  campaignId: number,
  parentId: number | null,
  query: Query,
  from: z.infer<typeof keyset> | null,
) => Promise<Listed | undefined>;

const pageNow: ReadPage = async (pool, campaignId, parentId, { sort, limit, previewReplies }, from) => {
  const { rows } = await pool.query<{ page: Listed }>({
    name: 'list_comments',
    text: 'select list_comments($1, $2, $3, $4, $5, $6, $7, $8, $9) as page',
    values: [campaignId, parentId, sort, limit, previewReplies, from?.likes, from?.at, from?.id, from?.asOf],
  });
  return rows[0]?.page;
};

const pageAsOf: ReadPage = async (pool, campaignId, parentId, { sort, limit, at }, from) => {
  const { rows } = await pool.query<{ page: Listed }>({
    name: 'list_comments_as_of',
    text: 'select list_comments_as_of($1, $2, $3, $4, $5, $6, $7, $8) as page',
    values: [campaignId, parentId, sort, limit, at, from?.likes, from?.at, from?.id],
  });
  return rows[0]?.page;
};
