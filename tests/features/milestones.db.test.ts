import { beforeAll, expect, it } from 'vitest';
import { audited } from '../sql/counting-play.ts';
import { liveCampaign } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { watch } from '../support/watcher.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

const see = (id: number, times: number) =>
  app.pool.query(
    `insert into campaign_impressions (campaign_id, session_id, user_id) select $1, 'one', 1 from generate_series(1, $2)`,
    [id, times],
  );
const like = (id: number, from: number, to: number) =>
  app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type) select $1, n, 'like' from generate_series($2::int, $3::int) n`,
    [id, from, to],
  );
const told = async (id: number): Promise<string[]> => {
  const { rows } = await app.pool.query(
    `select concat_ws(' ', data->>'metric', data->>'value') as line from live_event
     where stream = 'advertiser:' || $1 and name = 'milestone:reached' order by seq`,
    [id],
  );
  return rows.map(({ line }) => line);
};

it('each power of ten of a count is told once, also those that one statement passes together', async () => {
  const id = await liveCampaign(app.url);
  await like(id, 1, 9);
  expect(await told(id)).toEqual([]);
  await like(id, 10, 10);
  await like(id, 11, 120);
  expect(await told(id)).toEqual(['likes 10', 'likes 100']);
});

it('a count that falls and grows again is no news', async () => {
  const id = await liveCampaign(app.url);
  await like(id, 1, 10);
  await app.pool.query('delete from campaign_engagement where campaign_id = $1 and user_id = 3', [id]);
  await like(id, 3, 3);
  expect(await told(id)).toEqual(['likes 10']);
});

it('a transaction that is rolled back told nothing', async () => {
  const id = await liveCampaign(app.url);
  const client = await app.pool.connect();
  await client.query('begin');
  await client.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type) select $1, n, 'share' from generate_series(1, 10) n`,
    [id],
  );
  await client.query('rollback');
  client.release();
  expect(await told(id)).toEqual([]);
});

it('10, 50 and 100 percent of the plan and of the budget', async () => {
  const id = await liveCampaign(app.url, { totalImpressionsPlanned: 8, campaignBudget: 4, cpiRate: 1 });
  for (let n = 0; n < 8; n++) await see(id, 1);
  expect(await told(id)).toEqual(['budget 10', 'plan 10', 'budget 50', 'budget 100', 'plan 50', 'plan 100']);
});

it('a budget that shrinks passes its edges, and one that grows takes none back', async () => {
  const id = await liveCampaign(app.url, { campaignBudget: 1000, cpiRate: 1 });
  await see(id, 5);
  for (const budget of [10, 5000, 10]) {
    await app.pool.query('update campaign_profile set campaign_budget = $2 where id = $1', [id, budget]);
  }
  expect(await told(id)).toEqual(['budget 10', 'budget 50']);
});

it('of many writers at once one tells it', async () => {
  const id = await liveCampaign(app.url);
  await Promise.all(Array.from({ length: 10 }, (_, n) => like(id, n * 3 + 1, n * 3 + 3)));
  expect(await told(id)).toEqual(['likes 10']);
  expect(await audited(app.pool as never)).toEqual([]);
});

it('its owner hears it', async () => {
  const id = await liveCampaign(app.url);
  const watcher = await watch(app.url, { token: await token(9, { roles: ['advertiser'], advertiser_id: 5 }) });
  await watcher.subscribe({ stream: `advertiser:${id}` });
  await like(id, 1, 10);
  const { data } = await watcher.until('milestone:reached', ({ metric }) => metric === 'likes');
  expect(data).toEqual({ campaignId: id, metric: 'likes', value: 10 });
});
