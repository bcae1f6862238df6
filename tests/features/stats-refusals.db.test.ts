import { beforeAll, expect, it } from 'vitest';
import { type Api, admin, advertiser, apiAs, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { campaignIn } from './campaign-in.ts';
import { refusalOf, verdicts } from './refusals.ts';
import { campaign, statsPath } from './stats-world.ts';

let app: TestApp;
let owner: Api;
let id: number;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
  id = await campaign(app);
});

const addresses = (campaignId: number, other: number) => [
  `/campaigns/${campaignId}/stats`,
  `/campaigns/${campaignId}/stats/frequency`,
  `/campaigns/${campaignId}/stats/overlap?with=${other}`,
  `/campaigns/${campaignId}/stats/commenters`,
  `/campaigns/${campaignId}/stats/retargeting`,
];

it('statistics are the owner’s and the admins’ alone; of a hidden campaign strangers hear nothing', async () => {
  const draft = await campaignIn(app, 'draft');
  const callers = {
    owner,
    admin: await admin(app.url),
    other: await advertiser(app.url, 6),
    user: await user(app.url, 7),
    nobody: apiAs(app.url, null),
  };
  const found: Record<string, unknown> = {};
  for (const [name, as] of Object.entries(callers)) {
    const calls = [...addresses(id, id), ...addresses(draft, id)].map((path, n) => [n, () => as('GET', path)] as const);
    found[name] = [...new Set(Object.values(await verdicts(Object.fromEntries(calls))))];
  }
  expect(found).toEqual({
    owner: ['200'],
    admin: ['200'],
    other: ['403 forbidden', '404 unknown_campaign'],
    user: ['403 forbidden', '404 unknown_campaign'],
    nobody: ['401 unauthenticated', '404 unknown_campaign'],
  });
});

it.each([
  { metrics: 'impressions,none' },
  { metrics: '' },
  { dimensions: 'user' },
  { from: 'yesterday' },
  { from: '1900-01-01' },
  { from: '2026-11-03', to: '2026-11-02' },
  { from: '2026-11-03T00:00:00Z', to: '2026-11-03T00:00:00Z' },
  { interval: 'fortnight' },
  { timezone: 'Mars/Olympus' },
  { timezone: 'CET' },
  { timezone: '+05:30' },
  { timezone: `UTC'; drop table x --` },
  { compare: 'yesterday' },
  { filters: 'placement' },
  { filters: [['matches', 'placement', ['.*']]] },
  { filters: [['is', 'user', ['1']]] },
  { filters: [['is', 'placement', []]] },
  { filters: [['is', 'region', ['\u0000']]] },
  { limit: '0' },
])('a query that says %j is refused', async (query) => {
  expect(refusalOf(await owner('GET', statsPath(id, query)))).toBe('400 invalid_query');
});

it('more buckets than there may be are refused, with the number', async () => {
  const reply = await owner('GET', statsPath(id, { from: '2026-01-01', to: '2026-11-01', interval: 'hour' }));
  expect(refusalOf(reply)).toBe('400 too_many_buckets');
  expect(reply.body.detail).toContain('7320');
  const most = await owner('GET', statsPath(id, { from: '2020-06-01', to: '2025-11-21', interval: 'day' }));
  expect([most.status, most.body.series.length]).toEqual([200, 2000]);
});

it('an overlap names another campaign of the same owner', async () => {
  const { rows } = await app.pool.query(
    `insert into campaign_profile (name, advertiser_id, launched_at) values ('Not ours', 6, now()) returning id`,
  );
  const overlap = (other: unknown) => owner('GET', `/campaigns/${id}/stats/overlap?with=${other}`);
  expect(refusalOf(await overlap(rows[0].id))).toBe('403 forbidden');
  expect(refusalOf(await overlap(999_999))).toBe('404 unknown_campaign');
  expect(refusalOf(await overlap('x'))).toBe('400 invalid_query');
});
