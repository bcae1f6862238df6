import type pg from 'pg';
import { type Comment, commentParams, commentSchema, editCommentBody } from '../../contract/comment.ts';
import type { ProblemCode } from '../../contract/errors.ts';
import type { Pool } from '../../platform/db.ts';
import { type Answer, caller, type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';
import { refusalFor } from '../restriction.ts';
import type { JudgeText } from '../submission.ts';
import { campaignOfComment, isAuthor } from '../visible-comment.ts';
import { positionHeader } from '../write-answer.ts';
import { cleanCommentText } from './text.ts';

interface Outcome {
  outcome: 'edited' | 'unchanged' | 'removed' | ProblemCode;
  document: Comment | null;
}

interface EditCommentParts {
  pool: Pool;
  actPool: Pool;
  judge: JudgeText;
  windowSeconds: number;
}

/** A new text, within the edit window; what was there before stays as a revision that moderators can read. */
export const editComment = ({ pool, actPool, judge, windowSeconds }: EditCommentParts): Operation =>
  operation({
    method: 'patch',
    path: '/comments/:id',
    summary: 'Edit a comment of one’s own',
    access: (who, id) => isAuthor(pool, who, id),
    limit: 'edits',
    ofCampaign: (id, who) => campaignOfComment(pool, id, who),
    params: commentParams,
    body: editCommentBody,
    answers: { 200: commentSchema },
    handle: async (call) => {
      const { text, revision } = call.body;
      const clean = cleanCommentText(text);
      const campaignId = (await campaignOfComment(pool, call.params.id, call.who)) ?? 0;
      const verdict = await judge({
        text: clean,
        campaignId,
        userId: caller(call).userId,
        commentId: call.params.id,
      });
      return once(actPool, call.receipt, (client) =>
        change(client, 'select * from edit_comment($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
          call.params.id,
          caller(call).userId,
          clean,
          revision,
          windowSeconds,
          verdict.status,
          verdict.reason,
          JSON.stringify(verdict.hits),
          verdict.rulesVersion,
          verdict.exact,
          verdict.bands,
        ]),
      );
    },
  });

/** Taking it back twice is taking it back. While replies stand below it, a tombstone keeps their place. */
export const removeComment = (pool: Pool, actPool: Pool): Operation =>
  operation({
    method: 'delete',
    path: '/comments/:id',
    summary: 'Take back a comment of one’s own',
    access: (who, id) => isAuthor(pool, who, id),
    limit: 'edits',
    ofCampaign: (id, who) => campaignOfComment(pool, id, who),
    params: commentParams,
    answers: { 200: commentSchema },
    handle: (call) =>
      once(actPool, call.receipt, (client) =>
        change(client, 'select * from remove_comment($1, $2)', [call.params.id, caller(call).userId]),
      ),
  });

const done: ReadonlySet<string> = new Set(['edited', 'unchanged', 'removed']);

async function change(client: pg.PoolClient, sql: string, values: unknown[]): Promise<Answer> {
  const { rows } = await client.query<Outcome>(sql, values);
  const { outcome, document } = rows[0] as Outcome;
  if (!done.has(outcome)) throw refusalOf(outcome as ProblemCode, document);
  return { status: 200, body: document, headers: await positionHeader(client, document?.campaignId) };
}

function refusalOf(code: ProblemCode, current: Comment | null): Refusal {
  if (code !== 'stale_revision' || !current) return refusalFor(code, current) ?? new Refusal(code);
  return new Refusal(code, { detail: `the comment is in its revision ${current.revision}` });
}
