import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { verdicts } from './refusals.ts';

let app: TestApp;
let campaignId: number;
let next = 2_000;
beforeAll(async () => {
  app = await startApp();
  campaignId = await liveCampaign(app.url);
});

/** A user with one unread notification for each of so many comments of theirs. */
async function withReplies(count: number): Promise<{ as: Api; id: number; comments: number[] }> {
  const id = next++;
  const as = await user(app.url, id);
  const { rows } = await app.pool.query(
    `with top as (
       insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       select $1, $2, 'comment', 'x' from generate_series(1, $3) returning id)
     select id from top order by id`,
    [campaignId, id, count],
  );
  const comments = rows.map((row) => row.id);
  for (const comment of comments) await reply(comment, 7);
  return { as, id, comments };
}
const reply = (comment: number, by: number) =>
  app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
     values ($1, $2, 'comment', 'r', $3)`,
    [campaignId, by, comment],
  );
const list = async (as: Api, query = '') => (await as('GET', `/me/notifications${query}`)).body;
const ids = (items: { id: number }[]) => items.map(({ id }) => id);

it('is paged, newest first, without a gap, and counts all that is unread on each page', async () => {
  const { as } = await withReplies(5);
  const whole = await list(as);
  const found: number[] = [];
  let cursor: string | null = '';
  for (let page = 0; cursor !== null && page < 5; page++) {
    const body: Awaited<ReturnType<typeof list>> = await list(as, `?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
    expect(body.unread).toBe(5);
    found.push(...ids(body.items));
    cursor = body.nextCursor;
  }
  expect(found).toEqual(ids(whole.items));
  expect(found).toEqual([...found].sort((a, b) => b - a));
});

it('one is read by its id, all by all, and those up to a time by that', async () => {
  const { as, comments } = await withReplies(4);
  const { items } = await list(as);
  const read = async (body: object) => (await as('POST', '/me/notifications/read', body)).body;
  expect(await read({ ids: [items[3].id] })).toEqual({ unread: 3 });
  expect(await read({ ids: [items[3].id, 999_999] })).toEqual({ unread: 3 });
  expect(await read({ upTo: items[2].updatedAt })).toEqual({ unread: 2 });
  expect(ids((await list(as, '?unread=1')).items)).toEqual(ids(items.slice(0, 2)));
  expect(await read({ all: true })).toEqual({ unread: 0 });
  await reply(comments[0] as number, 8);
  const after = await list(as);
  expect([after.unread, after.items.length, after.items[0].count]).toEqual([1, 5, 1]);
});

it('nobody reads another’s', async () => {
  const [ada, bob] = [await withReplies(1), await withReplies(1)];
  const { items } = await list(ada.as);
  await bob.as('POST', '/me/notifications/read', { ids: ids(items) });
  expect((await list(ada.as)).unread).toBe(1);
});

it('what is put away is in no list and counts as read', async () => {
  const { as } = await withReplies(3);
  const { items } = await list(as);
  expect((await as('POST', '/me/notifications/archive', { ids: [items[1].id] })).body).toEqual({ unread: 2 });
  expect(ids((await list(as)).items)).toEqual([items[0].id, items[2].id]);
  expect((await as('POST', '/me/notifications/archive', { all: true })).body).toEqual({ unread: 0 });
  expect((await list(as)).items).toEqual([]);
});

it('read twice under one key is read once, and a later one is left alone', async () => {
  const { as, comments } = await withReplies(1);
  await list(as);
  const key = { 'Idempotency-Key': 'once' };
  const first = await as('POST', '/me/notifications/read', { all: true }, key);
  await reply(comments[0] as number, 8);
  const again = await as('POST', '/me/notifications/read', { all: true }, key);
  expect([first.body, again.body, (await list(as)).unread]).toEqual([{ unread: 0 }, { unread: 0 }, 1]);
});

it('what nobody could mean is refused', async () => {
  const as = await user(app.url, 1_999);
  const read = (body: object) => () => as('POST', '/me/notifications/read', body);
  const get = (query: string) => () => as('GET', `/me/notifications?${query}`);
  expect(
    await verdicts({
      stranger: () => apiAs(app.url, null)('GET', '/me/notifications'),
      both: read({ ids: [1], all: true }),
      nothing: read({}),
      notAll: read({ all: false }),
      noId: read({ ids: ['1'] }),
      kind: get('kind=nonsense'),
      cursor: get('cursor=abc'),
    }),
  ).toEqual({
    stranger: '401 unauthenticated',
    both: '400 invalid_body',
    nothing: '400 invalid_body',
    notAll: '400 invalid_body',
    noId: '400 invalid_body',
    kind: '400 invalid_query',
    cursor: '400 invalid_cursor',
  });
});

it('what was read 90 days ago goes, and nothing else', async () => {
  const { as, id } = await withReplies(3);
  const { items } = await list(as);
  await as('POST', '/me/notifications/read', { ids: ids(items.slice(0, 2)) });
  await app.pool.query(`update notification set read_at = read_at - interval '91 days' where id = $1`, [items[0].id]);
  await app.pool.query(`update notification set updated_at = updated_at - interval '91 days' where user_id = $1`, [id]);
  const { rows } = await app.pool.query('select expire_notifications(90, 1000) as gone');
  expect([rows[0].gone, ids((await list(as)).items)]).toEqual([1, ids(items.slice(1))]);
});

it('what nobody read for 180 days is put away, as if its reader had done it', async () => {
  const { as, id } = await withReplies(3);
  const { items } = await list(as);
  await app.pool.query(
    `update notification set updated_at = updated_at - interval '181 days' where user_id = $1 and id = any ($2)`,
    [id, ids(items.slice(0, 2))],
  );
  const { rows } = await app.pool.query('select put_away_forgotten(180, 1000) as away');
  const after = await list(as);
  expect([rows[0].away, after.unread, ids(after.items)]).toEqual([2, 1, ids(items.slice(2))]);
});

it('of more than so many unread ones the oldest are put away, of that user alone', async () => {
  const { as, id } = await withReplies(4);
  const other = await withReplies(4);
  const { items } = await list(as);
  await app.pool.query('begin; select put_away_surplus(array[%], 3); commit'.replace('%', String(id)));
  await reply(items[0].commentId, 8);
  const after = await list(as);
  expect([after.unread, ids(after.items)]).toEqual([3, ids(items.slice(0, 3))]);
  expect((await list(other.as)).unread).toBe(4);
});
