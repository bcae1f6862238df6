import { z } from 'zod';
import {
  checkedCommentSchema,
  checkQuery,
  commentSchema,
  createCommentBody,
  heldCommentSchema,
} from '../../contract/comment.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { ownReceipt, type Receipt } from '../../platform/receipt.ts';
import type { BatchWriter } from '../../writing/batch-writer.ts';
import type { WriteAnswer } from '../../writing/sql-batch.ts';
import type { JudgeText, TextVerdict } from '../submission.ts';
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
  /** What the rules make of it; null: everybody sees it. */
  status: TextVerdict['status'];
  reason: string | null;
  hits: TextVerdict['hits'];
  rulesVersion: number;
  /** What is like it is found by these; null where nobody looked at the text. */
  exact: string | null;
  bands: number[];
}

interface AddCommentParts {
  pool: Pool;
  writer: BatchWriter<CommentItem, WriteAnswer>;
  judge: JudgeText;
}

export const addComment = ({ pool, writer, judge }: AddCommentParts): Operation =>
  operation({
    method: 'post',
    path: '/campaigns/:id/comments',
    summary: 'Write a comment or a reply',
    access: 'signed-in',
    // To ask first must not cost the comment that is asked about.
    limit: ({ check }) => (check === undefined ? 'comments' : 'edits'),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    query: checkQuery,
    body: createCommentBody,
    answers: { 200: checkedCommentSchema, 201: commentSchema, 202: heldCommentSchema },
    handle: async (call) => {
      const { userId, name, profileId, profileType } = caller(call);
      const { parentId = null } = call.body;
      const text = cleanCommentText(call.body.text);
      const verdict = await judge({ text, campaignId: call.params.id, userId });
      if (call.query.check) return { status: 200, body: checked(verdict) };
      const { nudge: _, ...judged } = verdict;
      return answerBelow(
        pool,
        call,
        await writer.write({
          c: call.params.id,
          u: userId,
          name,
          text,
          parent: parentId,
          pid: profileId,
          pt: profileType,
          ...judged,
          ...(call.receipt ?? ownReceipt()),
        }),
      );
    },
  });

/** For who asks before sending: what would become of it, and not by which word. */
export const checked = ({ status, nudge }: TextVerdict) => ({ status: status ?? 'published', nudge });
