import { z } from 'zod';
import { commentSchema, createCommentBody, heldCommentSchema } from '../../contract/comment.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { ownReceipt, type Receipt } from '../../platform/receipt.ts';
import type { BatchWriter } from '../../writing/batch-writer.ts';
import type { WriteAnswer } from '../../writing/sql-batch.ts';
import { answerBelow } from '../write-answer.ts';
import { cleanCommentText } from './text.ts';

/** An item of add_comments. */
export interface CommentItem extends Receipt {
  c: number;
  u: number;
  name: string | null;
  text: string;
  parent: number | null;
  pid: number | null;
  pt: string | null;
  /** What the rules make of it: held or rejected; absent or null: nothing. */
  status?: 'pending' | 'rejected' | null;
  reason?: string | null;
  hits?: RuleHit[];
  rulesVersion?: number;
}

/** What one rule found in a text; `evidence` is its own. */
export interface RuleHit {
  rule: string;
  outcome: 'publish' | 'flag' | 'hold' | 'reject';
  evidence?: object;
  score?: number;
  /** The rules only watched. */
  shadow?: boolean;
}

export const addComment = (pool: Pool, writer: BatchWriter<CommentItem, WriteAnswer>): Operation =>
  operation({
    method: 'post',
    path: '/campaigns/:id/comments',
    summary: 'Write a comment or a reply',
    access: 'signed-in',
    limit: 'comments',
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    body: createCommentBody,
    answers: { 201: commentSchema, 202: heldCommentSchema },
    handle: async (call) => {
      const { userId, name, profileId, profileType } = caller(call);
      const { text, parentId = null } = call.body;
      return answerBelow(
        pool,
        call,
        await writer.write({
          c: call.params.id,
          u: userId,
          name,
          text: cleanCommentText(text),
          parent: parentId,
          pid: profileId,
          pt: profileType,
          ...(call.receipt ?? ownReceipt()),
        }),
      );
    },
  });
