import { commentParams } from '../../contract/comment.ts';
import { commentLikeAnswer } from '../../contract/engagement.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { campaignOfComment } from '../visible-comment.ts';
import { answerOf } from '../write-answer.ts';
import { type ReactionWriter, reactionItem } from './react.ts';

export const likeComment = (pool: Pool, writer: ReactionWriter): Operation =>
  operation({
    method: 'put',
    path: '/comments/:id/like',
    summary: 'Like a comment',
    access: 'signed-in',
    limit: 'reactions',
    hot: true,
    ofCampaign: (id, who) => campaignOfComment(pool, id, who),
    params: commentParams,
    answers: { 200: commentLikeAnswer, 201: commentLikeAnswer },
    handle: async (call) => answerOf(await writer.write(reactionItem({ m: call.params.id }, 'like', true, call))),
  });

export const unlikeComment = (pool: Pool, writer: ReactionWriter): Operation =>
  operation({
    method: 'delete',
    path: '/comments/:id/like',
    summary: 'Take back the like of a comment',
    access: 'signed-in',
    limit: 'reactions',
    hot: true,
    ofCampaign: (id, who) => campaignOfComment(pool, id, who),
    params: commentParams,
    answers: { 200: commentLikeAnswer },
    handle: async (call) => answerOf(await writer.write(reactionItem({ m: call.params.id }, 'like', false, call))),
  });
