import { beforeAll, expect, it } from 'vitest';
import { heldCommentSchema } from '../../server/contract/comment.ts';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { moderator } from './moderators.ts';
import { verdicts } from './refusals.ts';

let app: TestApp;
let desk: Api;
let alice: Api;
let anybody: Api;
let campaignId: number;
beforeAll(async () => {
  app = await startApp();
  desk = await moderator(app.url);
  alice = await user(app.url, 11, 'Alice');
  anybody = apiAs(app.url, null);
  await desk('POST', '/moderation/users/11/sanctions', { kind: 'premod', reason: 'spam' });
  campaignId = await liveCampaign(app.url);
});

const write = (text: string, headers = {}) => alice('POST', `/campaigns/${campaignId}/comments`, { text }, headers);
const told = async (id: number) => {
  const { rows } = await app.pool.query(
    `select name, data from live_event where stream = campaign_stream($1) and data->>'id' = $2::text and name like 'comment:%'
     order by seq`,
    [campaignId, id],
  );
  return rows;
};
const hits = async (id: number) =>
  (await app.pool.query('select revision, rule, outcome from comment_rule_hit where comment_id = $1 order by id', [id]))
    .rows;
const log = async (id: number) =>
  (await app.pool.query('select actor_id, action, reason from moderation_log where comment_id = $1 order by id', [id]))
    .rows;
const edited = (id: number, text: string, ...found: unknown[]) =>
  app.pool.query(`select outcome from edit_comment($1, 12, $2, 1, 300, $3, $4, $5, 7)`, [id, text, ...found]);

it('a premoderated user’s comment is held: 202, the same again under its key, announced to nobody', async () => {
  const key = { 'idempotency-key': 'held' };
  const answers = [await write('held', key), await write('held', key)];
  for (const { status, body } of answers) {
    expect(status).toBe(202);
    expect(heldCommentSchema.strict().parse(body)).toEqual({ id: body.id, status: 'pending', reason: 'premod' });
  }
  const [first, again] = answers;
  expect(again?.body).toEqual(first?.body);
  expect(await told(first?.body.id)).toEqual([]);
  expect(await hits(first?.body.id)).toEqual([{ revision: 1, rule: 'premod', outcome: 'hold' }]);
  expect(await log(first?.body.id)).toEqual([{ actor_id: null, action: 'hold', reason: 'premod' }]);
});

it('it is its author’s and the moderators’ alone, and announced as new when approved', async () => {
  const { id } = (await write('seen by two')).body;
  const read = (as: Api) => () => as('GET', `/comments/${id}`);
  expect(await verdicts({ anybody: read(anybody), author: read(alice), moderator: read(desk) })).toEqual({
    anybody: '404 unknown_comment',
    author: '200',
    moderator: '200',
  });
  expect((await alice('GET', `/comments/${id}`)).body.text).toBe('seen by two');
  await app.pool.query(`update comment_state set status = 'approved' where comment_id = $1`, [id]);
  expect(await told(id)).toMatchObject([{ name: 'comment:created', data: { id, text: 'seen by two' } }]);
  expect((await app.pool.query('select * from audit_campaign($1)', [campaignId])).rows).toEqual([]);
});

it('a published comment that its author edits under premoderation is gone for others, and the new words are told nobody', async () => {
  await desk('DELETE', '/moderation/users/11/sanctions?kind=premod');
  const { id } = (await write('harmless')).body;
  await desk('POST', '/moderation/users/11/sanctions', { kind: 'premod', reason: 'spam' });
  const { status, body } = await alice('PATCH', `/comments/${id}`, { text: 'harmful', revision: 1 });
  expect({ status, body }).toMatchObject({ status: 200, body: { status: 'pending', text: 'harmful', revision: 2 } });
  const events = await told(id);
  expect(events.map(({ name }) => name)).toEqual(['comment:created', 'comment:removed']);
  expect(events[1].data).toMatchObject({ text: null, removed: { by: 'rule', reason: 'premod' } });
  expect(JSON.stringify(events)).not.toContain('harmful"');
  expect(await hits(id)).toEqual([{ revision: 2, rule: 'premod', outcome: 'hold' }]);
});

it('what the rules say of a text decides too: held, rejected, or published with its evidence kept', async () => {
  const found = (rule: string, outcome: string) => ({ rule, outcome, evidence: { words: ['x'] }, score: 0.5 });
  const item = (o: number, more: object) => ({ o, c: campaignId, u: 12, text: 'x', ...more });
  const items = [
    item(0, { status: 'pending', hits: [found('links', 'flag'), found('spam', 'hold')], rulesVersion: 3 }),
    item(1, { status: 'rejected', reason: 'banned', hits: [found('words', 'reject')], rulesVersion: 3 }),
    item(2, { hits: [found('links', 'flag')], rulesVersion: 3 }),
  ];
  const { rows } = await app.pool.query('select o, status, body from add_comments($1) order by o', [
    JSON.stringify(items),
  ]);
  expect(rows).toMatchObject([
    { status: 202, body: { status: 'pending', reason: 'spam' } },
    { status: 202, body: { status: 'rejected', reason: 'banned' } },
    { status: 201, body: { status: 'published', text: 'x' } },
  ]);
  const [held, rejected, published] = rows.map(({ body }) => body.id);
  expect([await hits(held), await hits(rejected), await hits(published)].map((list) => list.length)).toEqual([2, 1, 1]);
  expect([await log(held), await log(rejected), await log(published)]).toMatchObject([
    [{ action: 'hold', reason: 'spam' }],
    [{ action: 'refuse', reason: 'banned' }],
    [],
  ]);
  await edited(published, 'y', 'pending', null, JSON.stringify([found('links', 'hold')]));
  expect((await told(published)).map(({ name }) => name)).toEqual(['comment:created', 'comment:removed']);
  expect(await log(published)).toEqual([{ actor_id: null, action: 'hold', reason: 'links' }]);
});
