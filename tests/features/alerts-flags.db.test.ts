import { beforeAll, expect, it } from 'vitest';
import { type Api, advertiser, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { watch } from '../support/watcher.ts';
import { evaluateAlerts } from './alert-samples.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let owner: Api;
let flags = 0;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
});

/** So many flags of a comment of the campaign, each by another user, that long ago. */
async function flag(id: number, count: number, ago = '0 s'): Promise<void> {
  flags += count;
  await app.pool.query(
    `with comment as (
       insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, created_at)
       values ($1, 9, 'comment', 'x', now() - $3::interval) returning id)
     insert into comment_flag (comment_id, user_id, reason, created_at)
     select id, n, 'spam', now() - $3::interval from comment, generate_series($4::int, $4::int + $2 - 1) n`,
    [id, count, ago, 1_000 + flags],
  );
}
const withRule = async (comparison: string, threshold: number) => {
  const id = await liveCampaign(app.url);
  const rules = [{ metric: 'flags', comparison, threshold, windowMinutes: 60 }];
  expect((await owner('PUT', `/campaigns/${id}/alert-rules`, { rules })).status).toBe(200);
  return id;
};
const holds = async (id: number) => {
  await evaluateAlerts(app);
  return (await owner('GET', `/campaigns/${id}/alert-rules`)).body.rules.map((one: { holds: boolean }) => one.holds);
};

it('flags three times the usual are told once, when they are', async () => {
  const id = await withRule('times_usual', 3);
  await flag(id, 336, '3 days'); // two an hour over seven days
  const watcher = await watch(app.url, { token: await token(9, { roles: ['advertiser'], advertiser_id: 5 }) });
  await watcher.subscribe({ stream: `advertiser:${id}` });
  await flag(id, 5);
  expect(await holds(id)).toEqual([false]);
  await flag(id, 1);
  const { data } = await watcher.until('alert:fired', () => true);
  expect(data).toMatchObject({ campaignId: id, metric: 'flags', comparison: 'times_usual', threshold: 3, observed: 3 });
  expect(await holds(id)).toEqual([true]);
  expect(watcher.log.filter(({ name }) => name === 'alert:fired')).toHaveLength(1);
});

it('what is usual does not look further back than seven days, nor at the window itself', async () => {
  const id = await withRule('times_usual', 3);
  await flag(id, 3_000, '8 days');
  await flag(id, 3, '30 minutes');
  expect(await holds(id)).toEqual([true]);
});

it('no flag is never too many, and of a campaign without any so far one is no three times', async () => {
  const id = await withRule('times_usual', 3);
  expect(await holds(id)).toEqual([false]);
  await flag(id, 2);
  expect(await holds(id)).toEqual([false]);
  await flag(id, 1);
  expect(await holds(id)).toEqual([true]);
});

it('more flags than a number within the window are told at once, and those before it do not count', async () => {
  const id = await withRule('above', 2);
  await flag(id, 5, '2 hours');
  await flag(id, 2);
  expect(await holds(id)).toEqual([false]);
  await flag(id, 1);
  expect(await holds(id)).toEqual([true]);
});

it('times_usual is of flags alone, and at least one', async () => {
  const id = await liveCampaign(app.url);
  const set = (metric: string, threshold: number) =>
    owner('PUT', `/campaigns/${id}/alert-rules`, {
      rules: [{ metric, comparison: 'times_usual', threshold, windowMinutes: 60 }],
    });
  expect([refusalOf(await set('likes', 3)), refusalOf(await set('flags', 0.5))]).toEqual([
    '400 invalid_body',
    '400 invalid_body',
  ]);
});

it('flags count where their comment is', async () => {
  const [id, other] = [await withRule('above', 1), await withRule('above', 1)];
  await flag(id, 2);
  expect([await holds(id), await holds(other)]).toEqual([[true], [false]]);
});
