import { beforeAll, expect, it } from 'vitest';
import { appealSchema } from '../../server/contract/rights.ts';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import type { Untyped } from '../support/untyped.ts';
import { moderator, rejected } from './moderators.ts';
import { verdicts } from './refusals.ts';

let app: TestApp;
let alice: Api;
let bob: Api;
let first: Api;
let second: Api;
let campaignId: number;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  bob = await user(app.url, 12, 'Bob');
  first = await moderator(app.url, 700);
  second = await moderator(app.url, 701);
  campaignId = await liveCampaign(app.url);
});

const write = async (text = 'x') => (await alice('POST', `/campaigns/${campaignId}/comments`, { text })).body.id;
const appeal = (id: number, as = alice) => as('POST', `/comments/${id}/appeals`, { text: 'It is none.' });
const decide = (id: number, action: string, as = second) =>
  as('POST', `/moderation/appeals/${id}/decision`, { action, explanation: 'I looked again.' });
const removal = async (id: number, as = alice) => (await as('GET', `/comments/${id}`)).body.removed;

it('the author of a rejected comment is told why, by which decision, and that an appeal is possible; others are not', async () => {
  const id = await write();
  const decisionId = await rejected(app, id, { explanation: 'We take no advertising.' });
  const told = {
    by: 'moderator',
    reason: 'spam',
    explanation: 'We take no advertising.',
    decisionId,
    appealable: true,
    appeal: null,
  };
  expect(await removal(id)).toEqual(told);
  const mine = (await alice('GET', '/me/comments')).body.items.find((one: Untyped) => one.id === id);
  expect(mine.removed).toEqual(told);
  expect(await removal(id, bob)).toEqual({ by: 'moderator', reason: 'spam' });
});

it('a decision is appealed against once, by the author alone, and only where one stands', async () => {
  const [id, shown] = [await write(), await write()];
  await rejected(app, id);
  expect(
    await verdicts({
      stranger: () => appeal(id, apiAs(app.url, null)),
      another: () => appeal(id, bob),
      'nothing said': () => alice('POST', `/comments/${id}/appeals`, { text: ' ' }),
      author: () => appeal(id),
      again: () => appeal(id),
      'of a shown one': () => appeal(shown),
      'of one that is not there': () => appeal(999_999),
    }),
  ).toEqual({
    stranger: '401 unauthenticated',
    another: '403 forbidden',
    'nothing said': '400 invalid_body',
    author: '201',
    again: '409 already_appealed',
    'of a shown one': '409 nothing_to_appeal',
    'of one that is not there': '404 unknown_comment',
  });
  expect(await removal(id)).toMatchObject({ appealable: false, appeal: { status: 'open' } });
});

it('somebody else than who decided grants it, which brings the comment back; both lines stay in the log', async () => {
  const id = await write('a harmless word');
  const decision = await rejected(app, id, { by: 700 });
  const { body } = await appeal(id);
  expect(await verdicts({ own: () => decide(body.id, 'grant', first) })).toEqual({ own: '403 own_decision' });
  const granted = await decide(body.id, 'grant');
  expect(appealSchema.strict().parse(granted.body)).toMatchObject({ status: 'granted', decidedBy: 701 });
  expect((await bob('GET', `/comments/${id}`)).body).toMatchObject({ text: 'a harmless word', status: 'published' });
  const { rows } = await app.pool.query('select action, undoes from moderation_log where comment_id = $1 order by id', [
    id,
  ]);
  expect(rows.map(({ action, undoes }) => [action, undoes])).toEqual([
    ['reject', null],
    ['appeal', null],
    ['grant', null],
    ['undo', decision],
  ]);
  expect((await decide(body.id, 'deny')).body.code).toBe('already_decided');
});

it('one that a rule had held before it was rejected is shown when the appeal is granted', async () => {
  const items = [
    { o: 0, c: campaignId, u: 11, text: 'y', status: 'pending', hits: [{ rule: 'words', outcome: 'hold' }] },
  ];
  const { rows } = await app.pool.query('select body from add_comments($1)', [JSON.stringify(items)]);
  const { id } = rows[0].body;
  await rejected(app, id);
  const { body } = await appeal(id);
  expect((await decide(body.id, 'grant')).status).toBe(200);
  expect((await bob('GET', `/comments/${id}`)).body).toMatchObject({ status: 'approved', text: 'y' });
});

it('a denied one leaves the decision, and its author reads the answer', async () => {
  const id = await write();
  await rejected(app, id);
  const { body } = await appeal(id);
  await decide(body.id, 'deny');
  const answered = { appealable: false, appeal: { id: body.id, status: 'denied', explanation: 'I looked again.' } };
  expect(await removal(id)).toMatchObject(answered);
  expect((await appeal(id)).body.code).toBe('already_appealed');
});

it('a decision that was undone otherwise makes the appeal obsolete', async () => {
  const id = await write();
  const decision = await rejected(app, id);
  const { body } = await appeal(id);
  await app.pool.query(
    `select undo_decision($1, null, 700, null, null) from (select lock_comments(array[$2::bigint])) l`,
    [decision, id],
  );
  const { items } = (await second('GET', '/moderation/appeals?status=obsolete')).body;
  expect(items.map((one: Untyped) => one.id)).toEqual([body.id]);
});

it('a rule’s rejection can be appealed against, and to grant that is to approve', async () => {
  const items = [
    { o: 0, c: campaignId, u: 11, text: 'x', status: 'rejected', hits: [{ rule: 'words', outcome: 'reject' }] },
  ];
  const { rows } = await app.pool.query('select body from add_comments($1)', [JSON.stringify(items)]);
  const { id } = rows[0].body;
  expect(await removal(id)).toMatchObject({ by: 'rule', reason: 'words', appealable: true });
  const { body } = await appeal(id);
  expect((await decide(body.id, 'grant', first)).status).toBe(200);
  expect((await bob('GET', `/comments/${id}`)).body).toMatchObject({ status: 'approved', text: 'x' });
});

it('the desk reads appeals page by page, the oldest first; others read none', async () => {
  for (let n = 0; n < 3; n++) {
    const id = await write();
    await rejected(app, id);
    await appeal(id);
  }
  const seen: number[] = [];
  let cursor = '';
  do {
    const { body } = await first('GET', `/moderation/appeals?status=open&limit=2${cursor}`);
    for (const one of body.items) seen.push(appealSchema.strict().parse(one).id);
    cursor = body.nextCursor && `&cursor=${body.nextCursor}`;
  } while (cursor);
  const { rows } = await app.pool.query(`select id from moderation_appeal where status = 'open' order by id`);
  expect(seen).toEqual(rows.map(({ id }) => id));
  expect((await alice('GET', '/moderation/appeals')).status).toBe(403);
});
