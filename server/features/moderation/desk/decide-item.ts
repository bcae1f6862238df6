import { randomUUID } from 'node:crypto';
import { batchAnswer, decideBatchBody, decideBody, decisionSchema, itemParams } from '../../../contract/desk.ts';
import { type Operation, operation } from '../../../platform/http/operation.ts';
import { refuseBarredModerator } from '../../barred-moderator.ts';
import { once } from '../../once.ts';
import { moderates } from '../../visible-comment.ts';
import { actor, decisionsMade, refusalOfBatch, refusalOfOne } from './decision-outcome.ts';
import type { DeskServices } from './services.ts';

const decide = 'select * from decide_comments($1, $2, $3, $4)';

/** Approve or reject: the status, the flags, the counters, the log and the events in one transaction. */
export const decideItem = ({ actPool }: DeskServices): Operation =>
  operation({
    method: 'post',
    path: '/moderation/items/:commentId/decisions',
    summary: 'Approve or reject a comment',
    access: moderates,
    params: itemParams,
    body: decideBody,
    answers: { 201: decisionSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const [moderatorId] = actor(call);
        await refuseBarredModerator(client, moderatorId, ['comment', [call.params.commentId]]);
        const asked = [{ ...call.body, commentId: call.params.commentId }];
        const [decision] = await decisionsMade(client, {
          sql: decide,
          values: [JSON.stringify(asked), ...actor(call), null],
          refuse: refusalOfOne,
        });
        return { status: 201, body: decision };
      }),
  });

export const decideBatch = ({ actPool }: DeskServices): Operation =>
  operation({
    method: 'post',
    path: '/moderation/decisions/batch',
    summary: 'Up to 100 decisions, all or nothing',
    access: moderates,
    body: decideBatchBody,
    answers: { 201: batchAnswer },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const [moderatorId] = actor(call);
        const comments = call.body.decisions.map(({ commentId }) => commentId);
        await refuseBarredModerator(client, moderatorId, ['comment', comments]);
        const batch = randomUUID();
        const values = [JSON.stringify(call.body.decisions), ...actor(call), batch];
        const items = await decisionsMade(client, { sql: decide, values, refuse: refusalOfBatch('decisions') });
        return { status: 201, body: { batch, items } };
      }),
  });
