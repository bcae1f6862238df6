import { beforeAll, expect, it } from 'vitest';
import { type Api, advertiser, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { watch } from '../support/watcher.ts';
import { evaluateAlerts, lookedSince } from './alert-samples.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let owner: Api;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
});

const rule = (metric: string, comparison: string, threshold: number, windowMinutes = 10) => ({
  ...{ metric, comparison, threshold, windowMinutes },
});
const set = (id: number, ...rules: object[]) => owner('PUT', `/campaigns/${id}/alert-rules`, { rules });
const see = (id: number, times: number, clicked = false) =>
  app.pool.query(
    `insert into campaign_impressions (campaign_id, session_id, clicked) select $1, 's' || n, $3 from generate_series(1, $2) n`,
    [id, times, clicked],
  );
/** As if everything so far had happened that long ago, and somebody had looked ever since. */
const ago = (id: number, minutes: number) => lookedSince(app, id, minutes);
const watching = async (id: number) => {
  const watcher = await watch(app.url, { token: await token(9, { roles: ['advertiser'], advertiser_id: 5 }) });
  await watcher.subscribe({ stream: `advertiser:${id}` });
  return watcher;
};
const holds = async (id: number) =>
  (await owner('GET', `/campaigns/${id}/alert-rules`)).body.rules.map((one: { holds: boolean }) => one.holds);
const evaluate = () => evaluateAlerts(app);

it('rules are kept as they were set; those that stay keep their ids', async () => {
  const id = await liveCampaign(app.url);
  const [low, high] = [rule('clickThroughRate', 'below', 0.004), rule('budgetUsed', 'above', 90)];
  const { body: first } = await set(id, low, high, low);
  expect(first.rules).toEqual(
    [low, high].map((one) => ({ ...one, id: expect.any(Number), holds: false, firedAt: null })),
  );
  const { body: second } = await set(id, high);
  expect(second).toEqual({ rules: [first.rules[1]] });
  expect((await owner('GET', `/campaigns/${id}/alert-rules`)).body).toEqual(second);
});

it('rules are the owner’s, at most twenty, and of metrics that there are', async () => {
  const id = await liveCampaign(app.url);
  const many = Array.from({ length: 21 }, (_, n) => rule('likes', 'above', n));
  expect(refusalOf(await set(id, ...many))).toBe('400 invalid_body');
  expect(refusalOf(await set(id, rule('mood', 'below', 1)))).toBe('400 invalid_body');
  expect(refusalOf(await set(id, rule('likes', 'below', 1, 0)))).toBe('400 invalid_body');
  const stranger = await user(app.url, 7);
  expect(refusalOf(await stranger('PUT', `/campaigns/${id}/alert-rules`, { rules: [] }))).toBe('403 forbidden');
  expect(refusalOf(await apiAs(app.url, null)('GET', `/campaigns/${id}/alert-rules`))).toBe('401 unauthenticated');
});

it('a rate that is too low over a whole window is told once, and again after it was well', async () => {
  const id = await liveCampaign(app.url);
  await set(id, rule('clickThroughRate', 'below', 0.5));
  const watcher = await watching(id);
  await see(id, 10);
  await evaluate();
  expect(await holds(id)).toEqual([false]); // the window is not over
  await ago(id, 10);
  const { data } = await watcher.until('alert:fired', () => true);
  expect(data).toMatchObject({
    campaignId: id,
    metric: 'clickThroughRate',
    comparison: 'below',
    threshold: 0.5,
    observed: 0,
  });
  await evaluate();
  await see(id, 20, true);
  await evaluate();
  expect(await holds(id)).toEqual([false]);
  await see(id, 100);
  await evaluate();
  expect(watcher.log.filter(({ name }) => name === 'alert:fired').length).toBeLessThanOrEqual(2);
  const { rows } = await app.pool.query(
    `select count(*)::int as told from live_event where stream = 'advertiser:' || $1 and name = 'alert:fired'`,
    [id],
  );
  expect(rows[0].told).toBe(2);
});

it('a count above its threshold is told before the window is over', async () => {
  const id = await liveCampaign(app.url);
  await see(id, 5);
  await set(id, rule('impressions', 'above', 3));
  const watcher = await watching(id);
  await see(id, 3);
  await evaluate();
  expect(await holds(id)).toEqual([false]);
  await see(id, 1);
  expect((await watcher.until('alert:fired', () => true)).data.observed).toBe(4);
});

it('a share of the budget is that of everything so far', async () => {
  const id = await liveCampaign(app.url, { campaignBudget: 10, cpiRate: 1 });
  await set(id, rule('budgetUsed', 'above', 90));
  const watcher = await watching(id);
  await see(id, 9);
  await evaluate();
  expect(await holds(id)).toEqual([false]);
  await see(id, 1);
  expect((await watcher.until('alert:fired', () => true)).data).toMatchObject({ metric: 'budgetUsed', observed: 100 });
});
