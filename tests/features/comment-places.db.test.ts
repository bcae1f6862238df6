import { beforeAll, expect, it } from 'vitest';
import { type Api, admin, advertiser, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { setCommentState } from './campaign-in.ts';
import { refusalOf, verdicts } from './refusals.ts';

let app: TestApp;
let alice: Api;
let bob: Api;
let anybody: Api;
let moderator: Api;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  bob = await user(app.url, 12, 'Bob');
  anybody = apiAs(app.url, null);
  moderator = apiAs(app.url, await token(1, { roles: ['moderator'] }));
});

const write = async (as: Api, id: number, text: string, parentId?: number) =>
  (await as('POST', `/campaigns/${id}/comments`, { text, parentId })).body;

it('a permalink brings all that the comment stands below, root first, tombstones in their place', async () => {
  const id = await liveCampaign(app.url);
  const chain = [await write(alice, id, 'depth 0')];
  for (let depth = 1; depth <= 60; depth++) chain.push(await write(bob, id, `depth ${depth}`, chain.at(-1).id));
  await setCommentState(app, chain[3].id, 'removed');
  const { status, body } = await anybody('GET', `/comments/${chain[60].id}/context`);
  expect(status).toBe(200);
  expect(body.comment).toEqual(chain[60]);
  expect(body.ancestors.map(({ depth }: { depth: number }) => depth)).toEqual(Array.from({ length: 60 }, (_, n) => n));
  expect(body.ancestors.map((comment: { id: number }) => comment.id)).toEqual(chain.slice(0, 60).map((c) => c.id));
  expect(body.ancestors[3]).toMatchObject({ text: null, removed: { by: 'moderator', reason: 'spam' } });
  expect((await anybody('GET', `/comments/${chain[0].id}/context`)).body.ancestors).toEqual([]);
});

it('a held comment has an address for its author and for moderators alone', async () => {
  const id = await liveCampaign(app.url);
  const held = await write(alice, id, 'held');
  await setCommentState(app, held.id, 'pending');
  const path = `/comments/${held.id}`;
  for (const as of [alice, moderator, await admin(app.url)]) {
    expect((await as('GET', path)).body).toMatchObject({ text: 'held', status: 'pending' });
    expect((await as('GET', `${path}/context`)).body.comment).toMatchObject({ text: 'held', status: 'pending' });
  }
  for (const as of [bob, anybody]) {
    expect(refusalOf(await as('GET', path))).toBe('404 unknown_comment');
    expect(refusalOf(await as('GET', `${path}/context`))).toBe('404 unknown_comment');
  }
});

it('of a campaign that is not public strangers find no comment', async () => {
  const id = await liveCampaign(app.url);
  const made = await write(alice, id, 'x');
  await app.pool.query(`update campaign_profile set cancellation_reason = 'x' where id = $1`, [id]);
  const paths = ['', '/context', '/replies'].map((tail) => `/comments/${made.id}${tail}`);
  for (const path of paths) {
    expect(refusalOf(await anybody('GET', path))).toBe('404 unknown_comment');
    expect((await (await advertiser(app.url, 5))('GET', path)).status).toBe(200);
  }
});

it('/me/comments holds everything one wrote, newest first, with its status, page by page', async () => {
  const [one, two] = [await liveCampaign(app.url), await liveCampaign(app.url)];
  const carol = await user(app.url, 13, 'Carol');
  const made = [];
  for (let n = 0; n < 7; n++) made.push(await write(carol, n % 2 ? one : two, `comment ${n}`));
  await setCommentState(app, made[1].id, 'pending');
  await carol('DELETE', `/comments/${made[2].id}`);
  const found = [];
  let cursor: string | null = '';
  do {
    const { body }: { body: { items: { id: number }[]; nextCursor: string | null } } = await carol(
      'GET',
      `/me/comments?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
    );
    found.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor);
  expect(found.map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse());
  expect(found[5]).toMatchObject({ text: 'comment 1', status: 'pending' });
  expect(found[4]).toMatchObject({ text: null, status: 'removed', removed: { by: 'author' } });
  const other = (await carol('GET', '/me/engagement?limit=3')).body.nextCursor;
  expect(
    await verdicts({
      stranger: () => anybody('GET', '/me/comments'),
      'a cursor of another list': () => carol('GET', `/me/comments?cursor=${other}`),
    }),
  ).toEqual({ stranger: '401 unauthenticated', 'a cursor of another list': '400 invalid_cursor' });
});

it('who engaged is told to the owner and to moderators, newest first, without what is private', async () => {
  const id = await liveCampaign(app.url);
  await alice('PUT', `/campaigns/${id}/reactions/like`);
  await bob('PUT', `/campaigns/${id}/reactions/like`);
  await bob('PUT', `/campaigns/${id}/reactions/save`);
  await bob('PUT', `/campaigns/${id}/reactions/bookmark`);
  const { id: comment } = await write(bob, id, 'x');
  await alice('PUT', `/comments/${comment}/like`);
  await alice('POST', `/campaigns/${id}/shares`, {});
  const owner = await advertiser(app.url, 5);
  const list = async (query: string) =>
    (await owner('GET', `/campaigns/${id}/engagement/users${query}`)).body as {
      items: { type: string; user: object }[];
      nextCursor: string | null;
    };
  const all = await list('');
  expect(all.items.map(({ type }) => type)).toEqual(['share', 'comment', 'like', 'like']);
  expect(all.items[1]?.user).toEqual({ id: 12, name: 'Bob', profileType: null });
  const likes = await list('?type=like&limit=1');
  expect(likes.items).toEqual([all.items[2]]);
  expect((await list(`?type=like&limit=1&cursor=${likes.nextCursor}`)).items).toEqual([all.items[3]]);
  const path = `/campaigns/${id}/engagement/users`;
  expect(
    await verdicts({
      moderator: () => moderator('GET', path),
      admin: async () => (await admin(app.url))('GET', path),
      stranger: () => anybody('GET', path),
      user: () => alice('GET', path),
      'another advertiser': async () => (await advertiser(app.url, 6))('GET', path),
      'a private type': () => owner('GET', `${path}?type=save`),
      'a cursor of another type': () => owner('GET', `${path}?type=share&cursor=${likes.nextCursor}`),
      'a user, with a bad query': () => alice('GET', `${path}?type=x`),
      'unknown to a moderator': () => moderator('GET', '/campaigns/999999/engagement/users'),
      'unknown to a user': () => alice('GET', '/campaigns/999999/engagement/users'),
    }),
  ).toEqual({
    moderator: '200',
    admin: '200',
    stranger: '401 unauthenticated',
    user: '403 forbidden',
    'another advertiser': '403 forbidden',
    'a private type': '400 invalid_query',
    'a cursor of another type': '400 invalid_cursor',
    'a user, with a bad query': '403 forbidden',
    'unknown to a moderator': '404 unknown_campaign',
    'unknown to a user': '404 unknown_campaign',
  });
});
