import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import { batchAnswer, batchParams, decisionParams, decisionSchema, undoBody } from '../../../contract/desk.ts';
import { undoneSanctionSchema } from '../../../contract/sanction.ts';
import { type Operation, operation } from '../../../platform/http/operation.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { refuseBarredModerator } from '../../barred-moderator.ts';
import { once } from '../../once.ts';
import { outcomeOf } from '../../outcome.ts';
import { moderates } from '../../visible-comment.ts';
import { actor, decisionsMade, isAdmin, refusalOfBatch, refusalOfOne } from './decision-outcome.ts';
import type { DeskServices } from './services.ts';

const undo = 'select * from undo_decisions($1, $2, $3, $4, $5, $6)';

/** One's own decision, or for admins anybody's: everything is as it was before, and the log has both. The id of
 * a sanction's line takes the sanction back. */
export const undoDecision = ({ actPool }: DeskServices): Operation =>
  operation({
    method: 'post',
    path: '/moderation/decisions/:id/undo',
    summary: 'Take a decision back',
    access: moderates,
    params: decisionParams,
    body: undoBody,
    answers: { 200: z.union([decisionSchema, undoneSanctionSchema]) },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { id } = call.params;
        const words = call.body.explanation ?? null;
        await refuseBarredModerator(client, actor(call)[0], ['decision', [id]]);
        if (await isOfSanction(client, id)) {
          const values = [id, words, ...actor(call), isAdmin(call)];
          const body = await outcomeOf(client, 'select * from undo_sanction($1, $2, $3, $4, $5)', values);
          return { status: 200, body };
        }
        const values = [[id], words, ...actor(call), isAdmin(call), null];
        const [line] = await decisionsMade(client, { sql: undo, values, refuse: refusalOfOne });
        return { status: 200, body: line };
      }),
  });

export const undoBatch = ({ actPool }: DeskServices): Operation =>
  operation({
    method: 'post',
    path: '/moderation/decisions/batch/:batch/undo',
    summary: 'Take a batch of decisions back, all or nothing',
    access: moderates,
    params: batchParams,
    body: undoBody,
    answers: { 200: batchAnswer },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const ids = await decisionsOf(client, call.params.batch);
        if (ids.length === 0) throw new Refusal('unknown_decision');
        await refuseBarredModerator(client, actor(call)[0], ['decision', ids]);
        const batch = randomUUID();
        const values = [ids, call.body.explanation ?? null, ...actor(call), isAdmin(call), batch];
        const items = await decisionsMade(client, { sql: undo, values, refuse: refusalOfBatch('') });
        return { status: 200, body: { batch, items } };
      }),
  });

async function isOfSanction(client: pg.PoolClient, decision: number): Promise<boolean> {
  const { rows } = await client.query(
    `select from moderation_log where id = $1 and action in ('warn', 'mute', 'premod', 'suspend', 'ban')`,
    [decision],
  );
  return rows.length > 0;
}

async function decisionsOf(client: pg.PoolClient, batch: string): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    `select id from moderation_log where batch = $1 and action in ('approve', 'reject') order by id`,
    [batch],
  );
  return rows.map(({ id }) => id);
}
