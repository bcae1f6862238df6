import type { z } from 'zod';
import { commentParams, flagCommentBody, flagSchema } from '../../contract/comment.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';
import { fromEngaging, refuseRestricted } from '../restriction.ts';
import { campaignOfComment, requireComment } from '../visible-comment.ts';

const gone: ReadonlySet<string> = new Set(['removed', 'rejected', 'pending']);

/** One flag a user and comment: 201, and 200 with the first one when there is one. */
export const flagComment = (pool: Pool, actPool: Pool): Operation =>
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
        const { rowCount } = await client.query(
          `insert into comment_flag (comment_id, user_id, reason, note)
           select id, $2, $3, $4 from campaign_engagement where id = $1 for key share
           on conflict do nothing`,
          [call.params.id, caller(call).userId, reason, note || null],
        );
        const { rows } = await client.query<z.infer<typeof flagSchema>>(
          `select id, comment_id as "commentId", reason, note, iso(created_at) as "createdAt"
           from comment_flag where comment_id = $1 and user_id = $2`,
          [call.params.id, caller(call).userId],
        );
        if (!rows[0]) throw new Refusal('unknown_comment');
        return { status: rowCount === 1 ? 201 : 200, body: rows[0] };
      });
    },
  });
