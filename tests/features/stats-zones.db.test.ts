import { beforeAll, expect, it } from 'vitest';
import { type Api, advertiser } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { campaign, seen, statsPath } from './stats-world.ts';

let app: TestApp;
let owner: Api;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
});

const hoursOf = async (id: number, timezone: string, day: string) => {
  const query = { from: day, to: day, interval: 'hour', timezone, metrics: 'impressions' };
  const { body } = await owner('GET', statsPath(id, query));
  return { ...body, minutes: (Date.parse(body.to) - Date.parse(body.from)) / 60_000 };
};

it.each([
  ['Europe/Berlin', '2026-03-29', 23 * 60, 23],
  ['Europe/Berlin', '2026-10-25', 25 * 60, 25],
  ['Europe/Berlin', '2026-10-26', 24 * 60, 24],
  ['America/New_York', '2026-11-01', 25 * 60, 25],
  ['Asia/Kathmandu', '2026-11-01', 24 * 60, 24],
  ['Australia/Lord_Howe', '2026-04-05', 24.5 * 60, 24],
  ['America/Havana', '2026-11-01', 25 * 60, 25],
  ['America/Santiago', '2026-09-06', 23 * 60, 23],
])('in %s %s has %i minutes and %i hours', async (timezone, day, minutes, hours) => {
  const { series, minutes: found } = await hoursOf(await campaign(app), timezone, day);
  expect([found, series.length]).toEqual([minutes, hours]);
});

it('the hour that the clocks show twice is two buckets', async () => {
  const id = await campaign(app);
  for (const at of ['2026-10-25T00:30Z', '2026-10-25T01:30Z', '2026-10-25T01:45Z']) await seen(app, id, at);
  const { series } = await hoursOf(id, 'Europe/Berlin', '2026-10-25');
  expect(series.slice(2, 4)).toEqual([
    { at: '2026-10-25T00:00:00.000000Z', impressions: 1 },
    { at: '2026-10-25T01:00:00.000000Z', impressions: 2 },
  ]);
});

it('a day begins at its first midnight where clocks go back over it', async () => {
  const id = await campaign(app);
  await seen(app, id, '2026-11-01T04:30Z'); // half past midnight in Havana, for the first time
  const query = { from: '2026-10-31', to: '2026-11-01', interval: 'day', timezone: 'America/Havana' };
  const { body } = await owner('GET', statsPath(id, { ...query, metrics: 'impressions' }));
  expect(body.series).toEqual([
    { at: '2026-10-31T04:00:00.000000Z', impressions: 0 },
    { at: '2026-11-01T04:00:00.000000Z', impressions: 1 },
  ]);
});

it('a zone of quarter hours has its own midnight', async () => {
  const id = await campaign(app);
  await seen(app, id, '2026-11-01T18:14:59Z');
  await seen(app, id, '2026-11-01T18:15:00Z');
  const query = { from: '2026-11-01', to: '2026-11-02', interval: 'day', timezone: 'Asia/Kathmandu' };
  const { body } = await owner('GET', statsPath(id, { ...query, metrics: 'impressions' }));
  expect(body.series.map(({ impressions }: { impressions: number }) => impressions)).toEqual([1, 1]);
});

it('weeks begin on Monday and months on their first, also when the range begins later', async () => {
  const id = await campaign(app);
  const query = { from: '2026-10-30T12:00:00Z', to: '2026-11-03T00:00:00Z', timezone: 'Europe/Berlin' };
  const starts = async (interval: string) => {
    const { body } = await owner('GET', statsPath(id, { ...query, interval }));
    return body.series.map(({ at }: { at: string }) => at.slice(0, 16));
  };
  expect(await starts('week')).toEqual(['2026-10-25T23:00', '2026-11-01T23:00']);
  expect(await starts('month')).toEqual(['2026-09-30T22:00', '2026-10-31T23:00']);
});

it('days before a change of the clocks are compared with as many days', async () => {
  const id = await campaign(app);
  const query = { from: '2026-10-26', to: '2026-10-27', timezone: 'Europe/Berlin', compare: 'previous_period' };
  const { body } = await owner('GET', statsPath(id, query));
  expect([body.comparison.from, body.comparison.to]).toEqual([
    '2026-10-23T22:00:00.000000Z',
    '2026-10-25T23:00:00.000000Z',
  ]);
});
