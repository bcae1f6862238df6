import { beforeAll, expect, it } from 'vitest';
import { type Api, advertiser } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { campaign, engaged, judged, seen } from './stats-world.ts';

let app: TestApp;
let owner: Api;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
});

const noon = '2026-11-02T12:00:00.000000Z';
const get = async (path: string) => (await owner('GET', path)).body;
const user = (id: number) => ({ id, name: `user ${id}` });

it('the frequency histogram is exact, and its last line holds the rest', async () => {
  const id = await campaign(app);
  for (const [session, times] of [
    ['a', 1],
    ['b', 1],
    ['c', 2],
    ['d', 7],
  ] as const) {
    for (let n = 0; n < times; n++) await seen(app, id, noon, { session_id: session });
  }
  await judged(app, await seen(app, id, noon, { session_id: 'bot' }));
  expect(await get(`/campaigns/${id}/stats/frequency?limit=3`)).toEqual({
    reach: 4,
    impressions: 11,
    frequency: 2.75,
    histogram: [
      { frequency: 1, orMore: false, viewers: 2, impressions: 2 },
      { frequency: 2, orMore: false, viewers: 1, impressions: 2 },
      { frequency: 3, orMore: true, viewers: 1, impressions: 7 },
    ],
  });
});

it('the overlap of two audiences is counted by person', async () => {
  const [one, other] = [await campaign(app), await campaign(app)];
  for (const session of ['a', 'b', 'c', 'c']) await seen(app, one, noon, { session_id: session });
  for (const session of ['c', 'd']) await seen(app, other, noon, { session_id: session });
  await judged(app, await seen(app, other, noon, { session_id: 'a' }));
  await seen(app, one, noon, { user_id: 9, session_id: 'x' });
  await seen(app, other, noon, { user_id: 9, session_id: 'y' });
  expect(await get(`/campaigns/${one}/stats/overlap?with=${other}`)).toEqual({
    both: 2,
    either: 5,
    campaigns: [
      { campaignId: one, reach: 4, only: 2, share: 0.5 },
      { campaignId: other, reach: 3, only: 1, share: 0.666667 },
    ],
  });
  expect(await get(`/campaigns/${one}/stats/overlap?with=${one}`)).toMatchObject({ both: 4, either: 4 });
});

it('commenters come by their published comments, page by page, none twice', async () => {
  const id = await campaign(app);
  const comment = (userId: number) =>
    engaged(app, id, noon, { user_id: userId, engagement_type: 'comment', comment_text: 'text' });
  for (const userId of [1, 2, 2, 3, 3, 3, 4, 5]) await comment(userId);
  await engaged(app, id, noon, { engagement_type: 'like', parent_comment_id: await comment(2) });
  const held = await comment(1);
  await app.pool.query(
    `insert into comment_state (comment_id, campaign_id, status) values (${held}, ${id}, 'removed')`,
  );
  const path = `/campaigns/${id}/stats/commenters?limit=2`;
  const first = await get(path);
  expect(first.items).toEqual([
    { user: user(2), comments: 3, likes: 1, lastAt: noon },
    { user: user(3), comments: 3, likes: 0, lastAt: noon },
  ]);
  const second = await get(`${path}&cursor=${first.nextCursor}`);
  const third = await get(`${path}&cursor=${second.nextCursor}`);
  const rest = [...second.items, ...third.items].map(({ user: { id: userId }, comments }) => [userId, comments]);
  expect([rest, third.nextCursor]).toEqual([
    [
      [1, 1],
      [4, 1],
      [5, 1],
    ],
    null,
  ]);
});

it('who engaged in public and never clicked is listed by id; a save, a like of a comment and an invalid click tell nothing', async () => {
  const id = await campaign(app);
  const does = (userId: number, engagement_type: string, more: object = {}) =>
    engaged(app, id, noon, { user_id: userId, engagement_type, ...more });
  await does(1, 'like');
  await does(1, 'share');
  await does(2, 'like');
  await seen(app, id, noon, { user_id: 2, clicked: true });
  const comment = await does(3, 'comment', { comment_text: 'text' });
  await judged(app, await seen(app, id, noon, { user_id: 3, clicked: true }));
  await does(4, 'save');
  await does(5, 'like', { parent_comment_id: comment });
  await does(6, 'share');
  await seen(app, id, noon, { user_id: 6 });
  const path = `/campaigns/${id}/stats/retargeting?limit=2`;
  const first = await get(path);
  expect(first.items).toEqual([
    { user: user(1), engagements: 2, lastAt: noon },
    { user: user(3), engagements: 1, lastAt: noon },
  ]);
  expect(await get(`${path}&cursor=${first.nextCursor}`)).toEqual({
    items: [{ user: user(6), engagements: 1, lastAt: noon }],
    nextCursor: null,
  });
});

it('a cursor of another list or campaign is refused', async () => {
  const [one, other] = [await campaign(app), await campaign(app)];
  for (const userId of [1, 2]) await engaged(app, one, noon, { user_id: userId, engagement_type: 'share' });
  const { nextCursor } = await get(`/campaigns/${one}/stats/retargeting?limit=1`);
  for (const path of [`${one}/stats/commenters`, `${other}/stats/retargeting`]) {
    expect((await get(`/campaigns/${path}?cursor=${nextCursor}`)).code).toBe('invalid_cursor');
  }
});
