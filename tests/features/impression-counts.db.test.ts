import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { impressionOf, laterOf, metricsOf } from './impression-events.ts';

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
