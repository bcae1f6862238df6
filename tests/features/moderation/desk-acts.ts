import fc from 'fast-check';
import type { Operation } from '../../sql/counting-operations.ts';
import type { Api } from '../../support/api.ts';
import type { peopleOf } from './desk-world.ts';

/** What somebody does over HTTP. Numbers stand for things: a comment, a person, modulo how many there are. */
export interface DeskAct {
  kind:
    | 'write'
    | 'flag'
    | 'approve'
    | 'reject'
    | 'undo'
    | 'batch'
    | 'claim'
    | 'release'
    | 'escalate'
    | 'edit'
    | 'remove';
  comment: number;
  who: number;
  revision: number;
}
export interface Known {
  comments: number[];
  decisions: number[];
}

const kinds: [weight: number, kind: DeskAct['kind']][] = [
  [3, 'write'],
  [12, 'flag'],
  [5, 'approve'],
  [5, 'reject'],
  [6, 'undo'],
  [4, 'batch'],
  [1, 'claim'],
  [2, 'release'],
  [1, 'escalate'],
  [3, 'edit'],
  [1, 'remove'],
];
export const deskAct: fc.Arbitrary<DeskAct> = fc.record({
  kind: fc.oneof(...kinds.map(([weight, kind]) => ({ weight, arbitrary: fc.constant(kind) }))),
  comment: fc.nat({ max: 1_000 }),
  who: fc.nat({ max: 1_000 }),
  revision: fc.constantFrom(1, 1, 1, 2),
});

const nth = <T>(all: T[], n: number): T | undefined => all[n % all.length];

/** The status of the answer; 0: there was nothing to act on. */
export async function send(people: Awaited<ReturnType<typeof peopleOf>>, act: DeskAct, known: Known): Promise<number> {
  const { author, readers, mia, noa, boss, campaignId } = people;
  const { kind, who, revision } = act;
  const id = nth(known.comments, act.comment) ?? 1;
  const moderator = nth([mia, noa, boss], who) as Api;
  const item = `/moderation/items/${id}`;
  switch (kind) {
    case 'write':
      return (await author('POST', `/campaigns/${campaignId}/comments`, { text: `by ${who}` })).status;
    case 'flag':
      return (await (nth(readers, who) as Api)('POST', `/comments/${id}/flags`, { reason: 'spam' })).status;
    case 'approve':
    case 'reject':
      return (await moderator('POST', `${item}/decisions`, { action: kind, revision })).status;
    case 'undo': {
      const decision = nth(known.decisions, act.comment);
      return decision ? (await moderator('POST', `/moderation/decisions/${decision}/undo`)).status : 0;
    }
    case 'batch': {
      const two = [...new Set([id, nth(known.comments, act.comment + 1) ?? 1])];
      const decisions = two.map((commentId) => ({ commentId, action: 'reject', revision }));
      return (await moderator('POST', '/moderation/decisions/batch', { decisions })).status;
    }
    case 'claim':
      return (await moderator('POST', `${item}/claim`)).status;
    case 'release':
      return (await moderator('DELETE', `${item}/claim`)).status;
    case 'escalate':
      return (await moderator('POST', `${item}/escalation`)).status;
    case 'edit':
      return (await author('PATCH', `/comments/${id}`, { text: `edited ${who}`, revision })).status;
    case 'remove':
      return (await author('DELETE', `/comments/${id}`)).status;
  }
}

const some = `(select id, campaign_id from campaign_engagement where engagement_type = 'comment' order by id desc limit 15) c`;
const one = (from: string) =>
  `(select id from ${from} order by id offset $1::int % greatest((select count(*)::int from ${from}), 1) limit 1)`;
const place = fc.nat({ max: 1_000 });
const statement = (sql: string, ...others: fc.Arbitrary<unknown>[]): fc.Arbitrary<Operation> =>
  fc.tuple(place, ...others).map((values) => ({ sql, values }));

/** What another program does to the same comments. */
export const deskStatement: fc.Arbitrary<Operation> = fc.oneof(
  statement(
    `insert into comment_state as s (comment_id, campaign_id, status) select id, campaign_id, $2 from ${some}
     where id = ${one(some)} on conflict (comment_id) do update set status = excluded.status`,
    fc.constantFrom('published', 'approved', 'pending', 'rejected', 'removed'),
  ),
  statement(
    `insert into comment_flag (comment_id, user_id, reason) select id, 90 + $1 % 5, 'other' from ${some}
     where id = ${one(some)} on conflict do nothing`,
  ),
  statement(`delete from comment_flag where id = ${one('(select id from comment_flag) f')}`),
  statement(
    `update comment_flag set outcome = $2 where id = ${one('(select id from comment_flag) f')}`,
    fc.constantFrom('agreed', 'disagreed', null),
  ),
  statement(`update campaign_engagement set comment_text = comment_text || '!' where id = ${one(some)}`),
  statement(`delete from campaign_engagement where id = ${one(some)}`),
  statement('delete from moderation_claim where moderator_id % 2 = $1 % 2'),
  statement(
    `insert into comment_rule_hit (comment_id, revision, rule, outcome, rules_version) select id, 1, 'links', 'flag', 1
     from ${some} where id = ${one(some)} on conflict do nothing`,
  ),
);
