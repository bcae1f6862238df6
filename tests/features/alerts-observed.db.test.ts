import { beforeAll, expect, it } from 'vitest';
import { type Api, advertiser, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { evaluateAlerts, lookedSince } from './alert-samples.ts';
import { seenBy } from './impression-events.ts';

let app: TestApp;
let owner: Api;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
});

const see = (id: number, times: number) => seenBy(app, id, times);
/** As if the server had been down from the last look until now. */
const down = (id: number, hours: number) =>
  app.pool.query(
    `update alert_sample set at = at - make_interval(hours => $2), observed_since = observed_since - make_interval(hours => $2)
     where campaign_id = $1`,
    [id, hours],
  );
const holds = async (id: number) => {
  await evaluateAlerts(app);
  return (await owner('GET', `/campaigns/${id}/alert-rules`)).body.rules.map((one: { holds: boolean }) => one.holds);
};
const campaignWith = async (comparison: string, threshold: number) => {
  const id = await liveCampaign(app.url);
  await see(id, 1);
  const rules = [{ metric: 'impressions', comparison, threshold, windowMinutes: 10 }];
  expect((await owner('PUT', `/campaigns/${id}/alert-rules`, { rules })).status).toBe(200);
  return id;
};

it('what came while nobody looked is not what came in the last ten minutes', async () => {
  const id = await campaignWith('above', 50);
  await lookedSince(app, id, 15);
  await down(id, 3);
  await see(id, 100);
  expect(await holds(id)).toEqual([false]);
});

it('a count that is too low is told when a whole window was observed again, not at the first look after the server was down', async () => {
  const id = await campaignWith('below', 50);
  await lookedSince(app, id, 5);
  await down(id, 3);
  expect(await holds(id)).toEqual([false]);
  await lookedSince(app, id, 11);
  expect(await holds(id)).toEqual([true]);
});

it('a count that is too high since the server is back is told at once', async () => {
  const id = await campaignWith('above', 50);
  await down(id, 3);
  expect(await holds(id)).toEqual([false]);
  await see(id, 51);
  expect(await holds(id)).toEqual([true]);
});

it('of many nodes that look at once one tells it, and each edge of another program’s rows is told once', async () => {
  const id = await campaignWith('above', 50);
  const look = () => Promise.all(Array.from({ length: 5 }, () => app.pool.query('select evaluate_alerts()')));
  const told = async () => {
    await look();
    await evaluateAlerts(app);
    await look();
    const { rows } = await app.pool.query(
      `select count(*)::int as n from live_event where stream = 'advertiser:' || $1 and name = 'alert:fired'`,
      [id],
    );
    return rows[0].n;
  };
  await see(id, 60);
  expect(await told()).toBe(1);
  await see(id, 60);
  expect(await told()).toBe(1);
  await app.pool.query('delete from campaign_impressions where campaign_id = $1', [id]);
  expect(await told()).toBe(1);
  expect(await holds(id)).toEqual([false]);
  await see(id, 60);
  expect(await told()).toBe(2);
});
