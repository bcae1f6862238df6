import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { impressionOf, impressionRows, laterOf, metricsOf } from './impression-events.ts';
import { auditedOf } from './traffic.ts';

let app: TestApp;
let anybody: Api;
beforeAll(async () => {
  app = await startApp();
  anybody = apiAs(app.url, null);
});

const send = async (events: unknown[], as = anybody) => (await as('POST', '/impressions', { events })).body;
const hourOf = (time: string) => `${time.slice(0, 13)}:00:00.000000Z`;

it('counters, reach and the hourly rollup are exact: every impression, viewable, click and conversion where and when it happened', async () => {
  const id = await liveCampaign(app.url, { cpiRate: 0.25 });
  const alice = await user(app.url, 11);
  const [early, late] = [26, 2].map((hours) => new Date(Date.now() - hours * 3_600_000).toISOString()) as [
    string,
    string,
  ];
  const popup = { placement: 'popup', audience: 'tutor', region: 'North', deviceType: 'mobile' };
  const mine = [impressionOf(id, { occurredAt: early }), impressionOf(id, { ...popup, occurredAt: late })];
  const theirs = [impressionOf(id, { occurredAt: late }), impressionOf(id, { occurredAt: late, sessionId: 's2' })];
  await send(mine, alice);
  await send(theirs);
  const [first, second, third] = [...mine, ...theirs].map(({ eventId }) => eventId) as [string, string, string];
  await send([laterOf('viewable', first), laterOf('viewable', second), laterOf('click', second)]);
  await send([laterOf('click', second), laterOf('conversion', second), laterOf('click', third)]);
  const cell = { placement: 'widget', audience: '', region: '', device: '' };
  expect(await metricsOf(app, id)).toEqual({
    counters: { impressions: 4, viewable: 2, clicks: 2, conversions: 1, reach: 3, spend: 1 },
    hourly: [
      {
        hour: hourOf(early),
        ...cell,
        impressions: 1,
        viewable: 1,
        clicks: 0,
        conversions: 0,
        uniques: 1,
        spend: 0.25,
      },
      {
        ...{ hour: hourOf(late), placement: 'popup', audience: 'tutor', region: 'North', device: 'mobile' },
        ...{ impressions: 1, viewable: 1, clicks: 1, conversions: 1, uniques: 0, spend: 0.25 },
      },
      { hour: hourOf(late), ...cell, impressions: 2, viewable: 0, clicks: 1, conversions: 0, uniques: 2, spend: 0.5 },
    ],
  });
  expect((await anybody('GET', `/campaigns/${id}`)).body.counters.impressions).toBe(4);
});

describe('an event id', () => {
  it('stays taken when its impression is deleted: what is sent again brings nothing back', async () => {
    const id = await liveCampaign(app.url);
    const impression = impressionOf(id);
    const single = { ...impression, campaignId: undefined };
    const first = await anybody('POST', `/campaigns/${id}/impressions`, single);
    await app.pool.query('delete from campaign_impressions where campaign_id = $1', [id]);
    const again = await anybody('POST', `/campaigns/${id}/impressions`, single);
    expect([again.status, again.body]).toEqual([200, { impressionId: first.body.impressionId, unique: false }]);
    const dated = (ms: number) => ({ occurredAt: new Date(Date.now() - 60_000 + ms).toISOString() });
    const click = laterOf('click', impression.eventId, dated(1));
    expect(await send([impression, click])).toEqual({ accepted: 1, duplicates: 1, rejected: [] });
    expect(await send([click])).toEqual({ accepted: 0, duplicates: 1, rejected: [] });
    expect(await impressionRows(app, id, 'id')).toEqual([]);
    expect(await metricsOf(app, id)).toMatchObject({ counters: { impressions: 0, clicks: 0, reach: 0 }, hourly: [] });
    expect(await auditedOf(app, id)).toEqual([]);
    expect((await app.pool.query('select from audit_orphans()')).rowCount).toBe(0);
  });

  it('holds its impression to the id that it has', async () => {
    const id = await liveCampaign(app.url);
    await send([impressionOf(id)]);
    const moved = app.pool.query('update campaign_impressions set id = default where campaign_id = $1', [id]);
    await expect(moved).rejects.toMatchObject({ code: '23503' });
  });

  it('that was just taken is a duplicate in the same batch too, whatever its event would be refused for', async () => {
    const id = await liveCampaign(app.url);
    const impression = impressionOf(id);
    const asClick = laterOf('click', impression.eventId);
    const noImpression = { ...impression, type: 'click', impressionEventId: asClick.eventId };
    const closed = { ...impression, campaignId: 999_999_999 };
    expect(await send([asClick, closed, impression, closed, noImpression])).toEqual({
      accepted: 2,
      duplicates: 2,
      rejected: [{ index: 1, code: 'unknown_campaign' }],
    });
    expect(await impressionRows(app, id, 'clicked')).toEqual([{ clicked: true }]);
  });

  it('is any UUID that PostgreSQL holds, and what an impression does not say may be null', async () => {
    const id = await liveCampaign(app.url);
    const nothing = { audience: null, region: null, deviceType: null, location: null, occurredAt: null };
    const eventId = '11111111-1111-1111-1111-111111111111';
    const events = [impressionOf(id, { eventId, ...nothing }), impressionOf(id, { eventId: eventId.slice(1) })];
    expect(await send(events)).toEqual({ accepted: 1, duplicates: 0, rejected: [{ index: 1, code: 'invalid_event' }] });
    expect(await impressionRows(app, id, 'audience, region, device_type, location')).toEqual([
      { audience: null, region: null, device_type: null, location: null },
    ]);
  });
});
