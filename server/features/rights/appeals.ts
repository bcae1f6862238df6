import { z } from 'zod';
import { commentParams } from '../../contract/comment.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import {
  appealPageSchema,
  appealSchema,
  createAppealBody,
  decideAppealBody,
  filedSchema,
  listAppealsQuery,
} from '../../contract/rights.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { refuseBarredModerator } from '../barred-moderator.ts';
import { once } from '../once.ts';
import { outcomeOf } from '../outcome.ts';
import { campaignOfComment, isAuthor, moderates } from '../visible-comment.ts';
import { deskPage } from './desk-page.ts';

/** Once a decision, whatever became of it. */
export const fileAppeal = (pool: Pool, actPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/comments/:id/appeals',
    summary: 'Appeal against the decision that rejected a comment of one’s own',
    access: (who, id) => isAuthor(pool, who, id),
    limit: 'flags',
    ofCampaign: (id, who) => campaignOfComment(pool, id, who),
    params: commentParams,
    body: createAppealBody,
    answers: { 201: filedSchema },
    handle: (call) => {
      const { userId, name } = caller(call);
      return once(actPool, call.receipt, async (client) => ({
        status: 201,
        body: await outcomeOf(client, 'select * from file_appeal($1, $2, $3, $4)', [
          call.params.id,
          userId,
          name,
          call.body.text,
        ]),
      }));
    },
  });

export const listAppeals = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/moderation/appeals',
    summary: 'Appeals, the oldest first',
    access: moderates,
    query: listAppealsQuery,
    answers: { 200: appealPageSchema },
    handle: ({ query }) =>
      deskPage(pool, query, {
        list: 'appeals',
        text: `select appeal_document(a) as document from moderation_appeal a
               where ($1::text is null or a.status = $1) and a.id > $2 order by a.id limit $3`,
      }),
  });

export const decideAppeal = (actPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/moderation/appeals/:id/decision',
    summary: 'Grant an appeal, which undoes the decision, or deny it; not by who decided',
    access: moderates,
    params: z.object({ id: idParamSchema }),
    body: decideAppealBody,
    answers: { 200: appealSchema },
    handle: (call) => {
      const { userId, name } = caller(call);
      const { action, explanation } = call.body;
      return once(actPool, call.receipt, async (client) => {
        await refuseBarredModerator(client, userId, ['appeal', [call.params.id]]);
        const values = [call.params.id, action, explanation, userId, name];
        const body = await outcomeOf(client, 'select * from decide_appeal($1, $2, $3, $4, $5)', values);
        return { status: 200, body };
      });
    },
  });
