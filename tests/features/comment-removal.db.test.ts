import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { setCommentState } from './campaign-in.ts';
import { verdicts } from './refusals.ts';

let app: TestApp;
let alice: Api;
let bob: Api;
let anybody: Api;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  bob = await user(app.url, 12, 'Bob');
  anybody = apiAs(app.url, null);
});

const write = async (as: Api, id: number, text: string, parentId?: number) =>
  (await as('POST', `/campaigns/${id}/comments`, { text, parentId })).body;
const listed = async (id: number) => (await anybody('GET', `/campaigns/${id}/comments`)).body.items;
const comments = async (id: number) => (await anybody('GET', `/campaigns/${id}/engagement`)).body.comments;
const audit = async (id: number) => (await app.pool.query('select * from audit_campaign($1)', [id])).rows;
const log = async (id: number) =>
  (
    await app.pool.query<{ name: string; data: object }>(
      'select name, data from live_event where stream = campaign_stream($1) order by seq',
      [id],
    )
  ).rows;

it('a comment without replies is gone from lists and counts, and read as its tombstone', async () => {
  const id = await liveCampaign(app.url);
  const made = await write(alice, id, 'a slip');
  const { status, body } = await alice('DELETE', `/comments/${made.id}`);
  expect(status).toBe(200);
  expect(body).toEqual({ ...made, text: null, status: 'removed', removed: { by: 'author', reason: null } });
  expect(await listed(id)).toEqual([]);
  expect(await comments(id)).toBe(0);
  expect((await anybody('GET', `/comments/${made.id}`)).body).toEqual(body);
  expect((await log(id)).at(-1)).toEqual({ name: 'comment:removed', data: body });
  expect(await audit(id)).toEqual([]);
});

it('a comment with replies leaves a tombstone, until the last reply is gone too', async () => {
  const id = await liveCampaign(app.url);
  const root = await write(alice, id, 'root');
  const reply = await write(bob, id, 'reply', root.id);
  const deep = await write(alice, id, 'deep', reply.id);
  await alice('DELETE', `/comments/${root.id}`);
  expect(await listed(id)).toEqual([
    expect.objectContaining({ id: root.id, text: null, status: 'removed', replies: 1, descendants: 2 }),
  ]);
  expect(await comments(id)).toBe(2);
  await bob('DELETE', `/comments/${reply.id}`);
  expect(await listed(id)).toEqual([expect.objectContaining({ id: root.id, replies: 0, descendants: 1 })]);
  await alice('DELETE', `/comments/${deep.id}`);
  expect(await listed(id)).toEqual([]);
  expect(await comments(id)).toBe(0);
  expect(await audit(id)).toEqual([]);
});

it('nobody replies below a removed ancestor, however far above it is', async () => {
  const id = await liveCampaign(app.url);
  const root = await write(alice, id, 'root');
  const reply = await write(bob, id, 'reply', root.id);
  const deep = await write(alice, id, 'deep', reply.id);
  await alice('DELETE', `/comments/${root.id}`);
  const under = (parentId: number) => bob('POST', `/campaigns/${id}/comments`, { text: 'x', parentId });
  expect(
    await verdicts({
      root: () => under(root.id),
      reply: () => under(reply.id),
      deep: () => under(deep.id),
      'a like of the removed': () => bob('PUT', `/comments/${root.id}/like`),
      'a like of what is below': () => bob('PUT', `/comments/${deep.id}/like`),
    }),
  ).toEqual({
    root: '409 parent_gone',
    reply: '409 parent_gone',
    deep: '409 parent_gone',
    'a like of the removed': '409 comment_gone',
    'a like of what is below': '201',
  });
});

it('taking back twice is taking back once; others may not', async () => {
  const id = await liveCampaign(app.url);
  const [made, held, rejected] = [
    await write(alice, id, 'a'),
    await write(alice, id, 'b'),
    await write(alice, id, 'c'),
  ];
  await setCommentState(app, held.id, 'pending');
  await setCommentState(app, rejected.id, 'rejected');
  expect(
    await verdicts({
      stranger: () => anybody('DELETE', `/comments/${made.id}`),
      another: () => bob('DELETE', `/comments/${made.id}`),
      'another, held': () => bob('DELETE', `/comments/${held.id}`),
      unknown: () => alice('DELETE', '/comments/999999'),
    }),
  ).toEqual({
    stranger: '401 unauthenticated',
    another: '403 forbidden',
    'another, held': '404 unknown_comment',
    unknown: '404 unknown_comment',
  });
  const before = (await log(id)).length;
  const twice = await Promise.all([1, 2, 3].map(() => alice('DELETE', `/comments/${made.id}`)));
  expect(twice.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(twice.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect((await alice('DELETE', `/comments/${held.id}`)).body).toMatchObject({ status: 'removed' });
  expect((await alice('DELETE', `/comments/${rejected.id}`)).body).toMatchObject({ status: 'rejected' });
  expect(await log(id)).toHaveLength(before + 1);
  expect(await comments(id)).toBe(0);
});

it('a status changed by any program is counted and told: created when nobody had seen it, else restored', async () => {
  const id = await liveCampaign(app.url);
  const root = await write(alice, id, 'root');
  const reply = await write(bob, id, 'reply', root.id);
  const set = (comment: number, status: string) =>
    app.pool.query('update comment_state set status = $2 where comment_id = $1', [comment, status]);
  await setCommentState(app, reply.id, 'pending');
  expect(await comments(id)).toBe(1);
  await set(reply.id, 'rejected');
  await set(reply.id, 'approved');
  expect(await comments(id)).toBe(2);
  await app.pool.query('delete from comment_state where comment_id = $1', [reply.id]);
  // Born pending: its status is written before it is.
  await app.pool.query(
    `with held as (
       insert into comment_state (comment_id, campaign_id, status)
       values (nextval(pg_get_serial_sequence('campaign_engagement', 'id')), $1, 'pending') returning comment_id
     )
     insert into campaign_engagement (id, campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
     overriding system value select comment_id, $1, 12, 'comment', 'held', $2 from held`,
    [id, root.id],
  );
  const { rows } = await app.pool.query(
    `select comment_id as id from comment_state where status = 'pending' and campaign_id = $1`,
    [id],
  );
  const held = rows[0].id;
  expect(await comments(id)).toBe(2);
  await set(held, 'approved');
  expect(await comments(id)).toBe(3);
  await set(held, 'rejected');
  await set(held, 'published');
  const told = (await log(id)).map(({ name, data }) => `${name} ${(data as { id: number }).id}`);
  expect(told.filter((line) => !line.startsWith('campaign:')).slice(2)).toEqual([
    `comment:removed ${reply.id}`,
    `comment:restored ${reply.id}`,
    `comment:created ${held}`,
    `comment:removed ${held}`,
    `comment:restored ${held}`,
  ]);
  expect((await anybody('GET', `/comments/${root.id}`)).body).toMatchObject({ replies: 2, descendants: 2 });
  expect(await audit(id)).toEqual([]);
});
