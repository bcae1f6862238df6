import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import {
  batchAnswer,
  batchParams,
  type Claim,
  type Decision,
  decideBatchBody,
  decideBody,
  decisionParams,
  decisionSchema,
  itemParams,
  undoBody,
} from '../../../contract/desk.ts';
import { type ProblemCode, problems } from '../../../contract/errors.ts';
import { caller, type Operation, operation } from '../../../platform/http/operation.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { once } from '../../once.ts';
import { moderates } from '../../visible-comment.ts';
import { type DeskServices, moderatorOf } from './services.ts';

interface Refused {
  index: number;
  code: ProblemCode;
  decision?: Decision;
  claim?: Claim;
  /** With `stale_revision`: the one that the comment is in. */
  revision?: number;
}
interface Outcome {
  items: Decision[] | null;
  errors: Refused[] | null;
}

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
        const asked = [{ ...call.body, commentId: call.params.commentId }];
        const [decision] = await decide(client, [JSON.stringify(asked), ...actor(call), null], refusalOfOne);
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
        const batch = randomUUID();
        const items = await decide(
          client,
          [JSON.stringify(call.body.decisions), ...actor(call), batch],
          refusalOfBatch('decisions'),
        );
        return { status: 201, body: { batch, items } };
      }),
  });

/** One's own decision, or for admins anybody's: everything is as it was before, and the log has both. */
export const undoDecision = ({ actPool }: DeskServices): Operation =>
  operation({
    method: 'post',
    path: '/moderation/decisions/:id/undo',
    summary: 'Take a decision back',
    access: moderates,
    params: decisionParams,
    body: undoBody,
    answers: { 200: decisionSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const values = [[call.params.id], call.body.explanation ?? null, ...actor(call), isAdmin(call), null];
        const [line] = await undo(client, values, refusalOfOne);
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
        const batch = randomUUID();
        const values = [ids, call.body.explanation ?? null, ...actor(call), isAdmin(call), batch];
        const items = await undo(client, values, refusalOfBatch(''));
        return { status: 200, body: { batch, items } };
      }),
  });

type WithCaller = Parameters<typeof moderatorOf>[0];
const actor = (call: WithCaller): [id: number, name: string] => {
  const { id, name } = moderatorOf(call);
  return [id, name];
};
const isAdmin = (call: WithCaller) => caller(call).roles.has('admin');

type Refuse = (errors: Refused[]) => Refusal;

async function decide(client: pg.PoolClient, values: unknown[], refuse: Refuse): Promise<Decision[]> {
  const { rows } = await client.query<Outcome>('select * from decide_comments($1, $2, $3, $4)', values);
  return itemsOf(rows[0], refuse);
}

async function undo(client: pg.PoolClient, values: unknown[], refuse: Refuse): Promise<Decision[]> {
  const { rows } = await client.query<Outcome>('select * from undo_decisions($1, $2, $3, $4, $5, $6)', values);
  return itemsOf(rows[0], refuse);
}

async function decisionsOf(client: pg.PoolClient, batch: string): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    `select id from moderation_log where batch = $1 and action in ('approve', 'reject') order by id`,
    [batch],
  );
  return rows.map(({ id }) => id);
}

function itemsOf(outcome: Outcome | undefined, refuse: Refuse): Decision[] {
  if (outcome?.errors) throw refuse(outcome.errors);
  return outcome?.items ?? [];
}

const detailOf = ({ code, revision }: Refused) =>
  revision === undefined ? problems[code].title : `the comment is in its revision ${revision}`;

function refusalOfOne([first]: Refused[]): Refusal {
  const { code, decision, claim } = first as Refused;
  const more = { ...(decision ? { decision } : {}), ...(claim ? { claim } : {}) };
  return new Refusal(code, { detail: detailOf(first as Refused), more });
}

/** `list` is where the body names what was asked for. Whose decision it is not at all, is 403. */
const refusalOfBatch =
  (list: string): Refuse =>
  (errors) => {
    if (errors.some(({ code }) => code === 'forbidden')) return new Refusal('forbidden');
    return new Refusal('batch_refused', {
      errors: errors.map(({ revision: _, ...error }, place) => ({
        ...error,
        pointer: list && `/${list}/${error.index}`,
        message: detailOf(errors[place] as Refused),
      })),
    });
  };
