import { z } from 'zod';
import { commentPageSchema, commentParams, listCommentsQuery } from '../../contract/comment.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { campaignOfComment, requireComment } from '../visible-comment.ts';
import { type Pools, readPage } from './read-page.ts';

/** The top level of a campaign's discussion. */
export const listComments = (pools: Pools): Operation =>
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
      body: await readPage(pools, { campaignId: params.id, parentId: null, query, who }),
    }),
  });

/** The direct replies to a comment. */
export const listReplies = (pools: Pools): Operation =>
  operation({
    method: 'get',
    path: '/comments/:id/replies',
    summary: 'The replies to a comment, a page at a time',
    access: 'public',
    ofCampaign: (id, who) => campaignOfComment(pools.pool, id, who),
    params: commentParams,
    query: listCommentsQuery,
    answers: { 200: commentPageSchema },
    handle: async ({ params, query, who }) => {
      const { campaignId } = await requireComment(pools.pool, params.id, who);
      return { status: 200, body: await readPage(pools, { campaignId, parentId: params.id, query, who }) };
    },
  });
