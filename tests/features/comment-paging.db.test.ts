import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';

const rows = 300;
let app: TestApp;
let alice: Api;
let anybody: Api;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  anybody = apiAs(app.url, null);
});

interface Item {
  id: number;
  likes: number;
}

/** A thread by psql: every 100th of a second one comment, with n % 7 likes; some of equal time and equal likes. */
async function thread(): Promise<{ campaignId: number; ids: number[] }> {
  const campaignId = await liveCampaign(app.url);
  const { rows: made } = await app.pool.query<{ id: number }>(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, created_at)
     select $1, n % 9 + 1, 'comment', 'n ' || n, now() - interval '1 hour' + n / 3 * interval '10 ms'
     from generate_series(1, $2::int) n returning id`,
    [campaignId, rows],
  );
  await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id)
     select $1, 100 + n, 'like', id from unnest($2::bigint[]) with ordinality as c (id, place), generate_series(1, place % 7) n`,
    [campaignId, made.map(({ id }) => id)],
  );
  return { campaignId, ids: made.map(({ id }) => id) };
}

/** Reads a list to its end; after each page `meanwhile` happens. */
async function readAll(path: string, limit: number, meanwhile: (page: number) => Promise<unknown>): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | null = null;
  for (let page = 1; ; page++) {
    const { status, body } = await anybody('GET', `${path}limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`);
    expect(status).toBe(200);
    found.push(...body.items);
    cursor = body.nextCursor;
    if (!cursor) return found;
    await meanwhile(page);
  }
}

it.each(['newest', 'oldest', 'top'])(
  '%s: complete and without repeats, while new ones come and likes move the order',
  async (sort) => {
    const { campaignId, ids } = await thread();
    const path = `/campaigns/${campaignId}/comments?sort=${sort}&`;
    const still = await readAll(path, 100, async () => {});
    expect(still.map(({ id }) => id).sort((a, b) => a - b)).toEqual(ids);

    const moving = await readAll(path, 17, async (page) => {
      // From the end to the top and from the top to the end, new ones, and likes taken back.
      await app.pool.query(
        `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id)
       select $1, $3 * 1000 + n, 'like', id from unnest($2::bigint[]) id, generate_series(1, 10) n`,
        [campaignId, ids.filter((_, place) => place % 11 === page % 11), page],
      );
      await app.pool.query(
        `delete from campaign_engagement where engagement_type = 'like' and parent_comment_id = any ($1) and user_id % 2 = 0`,
        [ids.filter((_, place) => place % 13 === page % 13)],
      );
      await alice('POST', `/campaigns/${campaignId}/comments`, { text: `new ${page}` });
    });
    const known = new Set(ids);
    expect(moving.map(({ id }) => id).filter((id) => known.has(id))).toEqual(still.map(({ id }) => id));
    expect(new Set(moving.map(({ id }) => id)).size).toBe(moving.length);
  },
);

it('replies under top are read on as they stood too', async () => {
  const { campaignId, ids } = await thread();
  const [root] = ids;
  await app.pool.query(
    'update campaign_engagement set parent_comment_id = $1 where parent_comment_id is null and id = any ($2)',
    [root, ids.slice(1)],
  );
  const path = `/comments/${root}/replies?sort=top&`;
  const still = await readAll(path, 100, async () => {});
  expect(still).toHaveLength(rows - 1);
  const moving = await readAll(path, 40, async (page) => {
    for (const id of ids.slice(-3)) await (await user(app.url, 500 + page))('PUT', `/comments/${id}/like`);
  });
  expect(moving.map(({ id }) => id)).toEqual(still.map(({ id }) => id));
  expect(campaignId).toBeGreaterThan(0);
});

it('a page under top shows the likes of now, in the order of then', async () => {
  const { campaignId, ids } = await thread();
  const list = async (cursor = '') =>
    (await anybody('GET', `/campaigns/${campaignId}/comments?sort=top&limit=100${cursor}`)).body;
  const first = await list();
  const last = (await list(`&cursor=${first.nextCursor}`)).items[50].id;
  expect(ids).toContain(last);
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) await (await user(app.url, 600 + n))('PUT', `/comments/${last}/like`);
  const { items } = await list(`&cursor=${first.nextCursor}`);
  expect(items[50]).toMatchObject({ id: last, likes: expect.toSatisfy((likes: number) => likes >= 8) });
  expect((await list()).items[0]).toEqual(items[50]);
});

it('what was replaced is kept as long as the events are', async () => {
  const { campaignId, ids } = await thread();
  await (await user(app.url, 700))('PUT', `/comments/${ids[0]}/like`);
  const kept = async () =>
    (await app.pool.query('select count(*)::int as n from comment_likes_before where campaign_id = $1', [campaignId]))
      .rows[0].n;
  expect(await kept()).toBeGreaterThan(0);
  await app.pool.query(`update comment_likes_before set at = now() - interval '25 hours'`);
  await app.pool.query('select keep_event_window(24)');
  expect(await kept()).toBe(0);
});
