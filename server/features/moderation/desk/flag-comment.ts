import type { z } from 'zod';
import { commentParams, flagCommentBody, flagSchema } from '../../../contract/comment.ts';
import { type ProblemCode, problems } from '../../../contract/errors.ts';
import { caller, type Operation, operation } from '../../../platform/http/operation.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { once } from '../../once.ts';
import { fromEngaging, refuseRestricted } from '../../restriction.ts';
import { campaignOfComment, requireComment } from '../../visible-comment.ts';
import type { DeskServices } from './services.ts';

/** What flags have to weigh together to hide a comment until it is decided: three of ordinary users (see flag_weight). */
const hideFrom = 3;

const gone: ReadonlySet<string> = new Set(['removed', 'rejected', 'pending']);

interface Outcome {
  outcome: 'flagged' | 'repeated' | ProblemCode;
  document: z.infer<typeof flagSchema> | null;
}

/** One flag a user and comment: 201, and 200 with the first one when there is one, with what a decision made of it. */
export const flagComment = ({ pool, actPool, automod, newFlaggerHours }: DeskServices): Operation =>
  operation({
    method: 'post',
    path: '/comments/:id/flags',
    summary: 'Report a comment to the moderators',
    access: 'signed-in',
    limit: 'flags',
    ofCampaign: (id, who) => campaignOfComment(pool, id, who),
    params: commentParams,
    body: flagCommentBody,
    answers: { 200: flagSchema, 201: flagSchema },
    handle: async (call) => {
      const { status, campaignId } = await requireComment(pool, call.params.id, call.who);
      if (gone.has(status)) throw new Refusal('comment_gone');
      const { reason, note } = call.body;
      return once(actPool, call.receipt, async (client) => {
        await refuseRestricted(client, { userId: caller(call).userId, campaignId }, fromEngaging);
        const { rows } = await client.query<Outcome>('select * from flag_comment($1, $2, $3, $4, $5, $6, $7)', [
          call.params.id,
          caller(call).userId,
          reason,
          note || null,
          hideFrom,
          newFlaggerHours,
          automod === 'on',
        ]);
        const { outcome, document } = rows[0] as Outcome;
        if (outcome in problems) throw new Refusal(outcome as ProblemCode);
        return { status: outcome === 'flagged' ? 201 : 200, body: document };
      });
    },
  });
