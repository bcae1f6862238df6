import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { impressionOf, impressionRows, laterOf, metricsOf } from './impression-events.ts';
import { auditedOf, browserAgent, classesOf, crawlerAgent, trafficOf } from './traffic.ts';

let app: TestApp;
let anybody: Api;
beforeAll(async () => {
  app = await startApp();
  anybody = apiAs(app.url, null);
});

const send = (agent: string, events: unknown[], as = anybody) =>
  as('POST', '/impressions', { events }, { 'user-agent': agent });
const none = { impressions: 0, viewable: 0, clicks: 0, conversions: 0, reach: 0 };

it('a crawler’s impression is stored, accepted and judged, and no count of valid traffic moves', async () => {
  const id = await liveCampaign(app.url, { cpiRate: 0.5 });
  const seen = impressionOf(id);
  const { body } = await send(crawlerAgent, [seen, laterOf('viewable', seen.eventId), laterOf('click', seen.eventId)]);
  expect(body).toEqual({ accepted: 3, duplicates: 0, rejected: [] });
  expect(await impressionRows(app, id, 'clicked, is_viewable, is_unique_impression as first, user_agent')).toEqual([
    { clicked: true, is_viewable: true, first: false, user_agent: crawlerAgent },
  ]);
  expect(await classesOf(app, id)).toEqual(['crawler']);
  const all = { impressions: 1, viewable: 1, clicks: 1, conversions: 0, reach: 1 };
  expect(await trafficOf(app, id)).toEqual({ valid: none, invalid: all, all });
  expect(await metricsOf(app, id)).toEqual({ counters: { ...none, spend: 0 }, hourly: [] });
  expect(await auditedOf(app, id)).toEqual([]);
});

it('the owner asks for the metrics of valid, invalid or all traffic', async () => {
  const id = await liveCampaign(app.url, { cpiRate: 0.5, campaignBudget: 100 });
  const owner = apiAs(app.url, await app.token(5, { roles: ['admin'] }));
  const crawled = impressionOf(id, { sessionId: 'robot' });
  await send(crawlerAgent, [crawled, laterOf('click', crawled.eventId)]);
  for (const sessionId of ['a', 'b', 'robot']) await send(browserAgent, [impressionOf(id, { sessionId })]);
  const of = async (traffic: string) => (await owner('GET', `/campaigns/${id}/metrics?traffic=${traffic}`)).body;
  const money = { spend: 1.5, remainingBalance: 98.5 };
  expect(await of('valid')).toMatchObject({ traffic: 'valid', impressions: 3, reach: 3, clicks: 0, ...money });
  expect(await of('invalid')).toMatchObject({ impressions: 1, reach: 1, clicks: 1, clickThroughRate: 1, ...money });
  expect(await of('all')).toMatchObject({
    ...{ traffic: 'all', impressions: 4, impressionsDelivered: 4, reach: 3, clicks: 1, clickThroughRate: 0.25 },
    ...{ frequency: 1.333333, ...money },
  });
});

it('the verdict names its rule and the version of the list', async () => {
  const id = await liveCampaign(app.url);
  await send(crawlerAgent, [impressionOf(id)]);
  const { rows } = await app.pool.query(
    `select class, rule, rule_version from impression_verdict v join campaign_impressions i on i.id = v.impression_id
     where i.campaign_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ class: 'crawler', rule: 'user_agent', rule_version: 50203 }]);
});

it('a viewer is new with the first valid impression, though a crawler came under the same session before', async () => {
  const id = await liveCampaign(app.url);
  const path = `/campaigns/${id}/impressions`;
  const sees = async (agent: string) => {
    const { type: _, campaignId: __, ...body } = impressionOf(id);
    return (await anybody('POST', path, body, { 'user-agent': agent })).body.unique;
  };
  expect([await sees(crawlerAgent), await sees(browserAgent), await sees(browserAgent)]).toEqual([false, true, false]);
});

it('browsers, and programs that do not name themselves, are valid; the address alone decides nothing', async () => {
  const id = await liveCampaign(app.url);
  const agents = [browserAgent, 'node', ''];
  for (const [n, agent] of agents.entries()) await send(agent, [impressionOf(id, { sessionId: `s${n}` })]);
  await send(crawlerAgent, [impressionOf(id)], await user(app.url, 11)); // from the same address
  expect(await classesOf(app, id)).toEqual([null, null, null, 'crawler']);
});
