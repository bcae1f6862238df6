import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, advertiser } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { campaign, engaged, judged, seen, statsPath } from './stats-world.ts';

let app: TestApp;
let owner: Api;
let id: number;
/** Two people on 2 November, one of them again on the 4th by another device; a like, a share, two comments, a crawler. */
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
  id = await campaign(app);
  await seen(app, id, '2026-11-02T10:05Z', { placement: 'widget', device_type: 'mobile', is_viewable: true });
  const clicked = { placement: 'popup', device_type: 'desktop', region: 'North', is_viewable: true, clicked: true };
  await seen(app, id, '2026-11-02T11:00Z', { ...clicked, session_id: 's2' });
  await seen(app, id, '2026-11-04T09:59Z', { ...clicked, converted: true });
  await judged(app, await seen(app, id, '2026-11-02T10:06Z', { ...clicked, session_id: 'bot' }));
  await engaged(app, id, '2026-11-02T12:00Z', { engagement_type: 'like', device_type: 'mobile' });
  await engaged(app, id, '2026-11-04T12:00Z', { engagement_type: 'share' });
  const comment = { engagement_type: 'comment', comment_text: 'text' };
  const root = await engaged(app, id, '2026-11-04T13:00Z', { ...comment, device_type: 'mobile' });
  await engaged(app, id, '2026-11-04T14:00Z', { engagement_type: 'like', parent_comment_id: root });
  const held = await engaged(app, id, '2026-11-04T15:00Z', comment);
  await app.pool.query(
    `insert into comment_state (comment_id, campaign_id, status) values (${held}, ${id}, 'pending')`,
  );
});

const range = { from: '2026-11-02', to: '2026-11-04' };
const ask = async (query: object) => (await owner('GET', statsPath(id, { ...range, ...query }))).body;

describe('statistics', () => {
  it('are totals and a series with empty buckets in it; uniques are people, not a sum', async () => {
    const metrics = 'impressions,viewable,clicks,conversions,uniques,viewabilityRate,conversionRate,spend,likes,shares';
    const none = { impressions: 0, viewable: 0, clicks: 0, conversions: 0, uniques: 0, viewabilityRate: 0 };
    expect(await ask({ metrics: `${metrics},comments` })).toEqual({
      from: '2026-11-02T00:00:00.000000Z',
      to: '2026-11-05T00:00:00.000000Z',
      interval: 'hour',
      timezone: 'UTC',
      totals: {
        ...{ impressions: 3, viewable: 3, clicks: 2, conversions: 1, uniques: 2, viewabilityRate: 1 },
        ...{ conversionRate: 0.5, spend: 0.75, likes: 1, shares: 1, comments: 1 },
      },
      series: expect.any(Array),
      breakdown: [],
      breakdownSize: 0,
    });
    const { series } = await ask({ metrics: `${metrics},comments`, interval: 'day' });
    expect(series).toEqual([
      {
        ...{ at: '2026-11-02T00:00:00.000000Z', impressions: 2, viewable: 2, clicks: 1, conversions: 0, uniques: 2 },
        ...{ viewabilityRate: 1, conversionRate: 0, spend: 0.5, likes: 1, shares: 0, comments: 0 },
      },
      {
        ...{ at: '2026-11-03T00:00:00.000000Z', ...none, conversionRate: 0, spend: 0, likes: 0, shares: 0 },
        comments: 0,
      },
      {
        ...{ at: '2026-11-04T00:00:00.000000Z', impressions: 1, viewable: 1, clicks: 1, conversions: 1, uniques: 1 },
        ...{ viewabilityRate: 1, conversionRate: 1, spend: 0.25, likes: 0, shares: 1, comments: 1 },
      },
    ]);
  });

  it('are broken down by each combination, most impressions first; null is a row that says nothing', async () => {
    const { breakdown, breakdownSize } = await ask({
      dimensions: 'placement,region',
      metrics: 'impressions,uniques,clicks',
    });
    expect([breakdown, breakdownSize]).toEqual([
      [
        { placement: 'popup', region: 'North', impressions: 2, uniques: 2, clicks: 2 },
        { placement: 'widget', region: null, impressions: 1, uniques: 1, clicks: 0 },
      ],
      2,
    ]);
    expect(await ask({ dimensions: 'placement,region', limit: 1 })).toMatchObject({
      breakdown: [{ placement: 'popup' }],
      breakdownSize: 2,
    });
  });

  it('show invalid traffic by its class to who asks for it, and count the valid alone elsewhere', async () => {
    const metrics = 'impressions,clicks,uniques,spend';
    const answer = await ask({ dimensions: 'trafficClass', metrics });
    expect(answer.totals).toEqual({ impressions: 3, clicks: 2, uniques: 2, spend: 0.75 });
    expect(answer.breakdown).toEqual([
      { trafficClass: 'valid', impressions: 3, clicks: 2, uniques: 2, spend: 0.75 },
      { trafficClass: 'crawler', impressions: 1, clicks: 1, uniques: 1, spend: 0 },
    ]);
    const filters = [['is', 'trafficClass', ['crawler']]];
    for (const query of [{ filters }, { traffic: 'invalid' }]) {
      expect((await ask({ ...query, metrics })).totals).toEqual({ impressions: 1, clicks: 1, uniques: 1, spend: 0 });
    }
    expect((await ask({ traffic: 'all', metrics })).totals).toEqual({
      ...{ impressions: 4, clicks: 3, uniques: 3, spend: 0.75 },
    });
  });

  it.each([
    [[['is', 'placement', ['popup']]], 2],
    [[['is', 'placement', ['popup', 'widget']]], 3],
    [[['is_not', 'region', ['North']]], 1],
    [[['is', 'region', [null]]], 1],
    [[['contains', 'region', ['ort']]], 2],
    [[['contains_not', 'region', ['ort', 'x']]], 1],
    [
      [
        ['is', 'placement', ['popup']],
        ['is', 'device', ['mobile']],
      ],
      0,
    ],
    [[['is', 'region', [`' or true --`]]], 0],
  ])('are filtered by %j', async (filters, impressions) => {
    expect((await ask({ filters, metrics: 'impressions' })).totals).toEqual({ impressions });
    expect((await ask({ filters, metrics: 'uniques' })).totals.uniques).toBe(Math.min(impressions, 2));
  });

  it('tell engagement by device and location, and as null beside what it has not', async () => {
    const metrics = 'impressions,likes,comments';
    expect((await ask({ metrics, dimensions: 'device' })).breakdown).toEqual([
      { device: 'desktop', impressions: 2, likes: 0, comments: 0 },
      { device: 'mobile', impressions: 1, likes: 1, comments: 1 },
    ]);
    expect(await ask({ metrics, dimensions: 'placement' })).toMatchObject({
      totals: { likes: 1, comments: 1 },
      breakdown: [{ likes: null }, { likes: null }],
    });
    const filtered = await ask({ metrics, filters: [['is', 'placement', ['popup']]] });
    expect(filtered.totals).toEqual({ impressions: 2, likes: null, comments: null });
  });

  it('are compared with the days before', async () => {
    const { comparison } = await ask({
      from: '2026-11-04',
      to: '2026-11-05',
      metrics: 'impressions,spend',
      interval: 'day',
      compare: 'previous_period',
    });
    expect(comparison).toEqual({
      from: '2026-11-02T00:00:00.000000Z',
      to: '2026-11-04T00:00:00.000000Z',
      totals: { impressions: 2, spend: 0.5 },
      series: [
        { at: '2026-11-02T00:00:00.000000Z', impressions: 2, spend: 0.5 },
        { at: '2026-11-03T00:00:00.000000Z', impressions: 0, spend: 0 },
      ],
      change: { impressions: -0.5, spend: -0.5 },
    });
  });
});
