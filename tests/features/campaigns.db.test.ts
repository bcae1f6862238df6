import { beforeAll, describe, expect, it } from 'vitest';
import { PROFILE } from '../sql/lineage-columns.ts';
import { type Api, admin, advertiser, apiAs, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { campaignIn } from './campaign-in.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let root: Api;
let owner: Api;
beforeAll(async () => {
  app = await startApp();
  root = await admin(app.url);
  owner = await advertiser(app.url, 5);
});

const profileColumns = PROFILE.map((name) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
const given = {
  name: 'Spring',
  description: 'A campaign',
  objective: 'awareness',
  brandId: 70,
  targetAudiences: ['student', 'parent'],
  targetRegions: ['North', 'South "quoted", {braced}'],
  targetPlacements: ['widget', 'popup'],
  targetLocation: 'Oslo',
  nationalLocation: 'Norway',
  regionalCountryCode: 'EU',
  nationalCountryCode: 'NO',
  campaignBudget: 1234.56,
  cpiRate: 0.0125,
  billingFrequency: 1000,
  totalImpressionsPlanned: 50_000,
  startDate: '2026-03-01T10:00:00.000000Z',
  callToAction: 'Look',
  campaignSocials: { site: 'https://example.org/' },
  autoPauseOnLowBalance: true,
  minimumBalanceThreshold: 10.5,
  gracePeriodHours: 24,
  depositPercent: 12.5,
  cancellationFeePercent: 5,
};
const publicNames = [
  ...'id name description objective advertiserId brandId targetAudiences targetRegions targetPlacements'.split(' '),
  ...'targetLocation nationalLocation regionalCountryCode nationalCountryCode startDate launchedAt endedAt'.split(' '),
  ...'callToAction campaignSocials status media counters'.split(' '),
].sort();
const allNames = [...new Set([...publicNames, ...profileColumns])].sort();

describe('creating', () => {
  it('gives the advertiser a draft of their own with every field as it was sent', async () => {
    const { status, body } = await owner('POST', '/campaigns', given);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...given,
      advertiserId: 5,
      status: 'draft',
      media: [],
      launchedAt: null,
      endedAt: null,
    });
    const counts = { likes: 0, shares: 0, comments: 0, saves: 0, bookmarks: 0, impressions: 0 };
    expect(body.counters).toEqual({ campaignId: body.id, ...counts });
    expect(Object.keys(body).sort()).toEqual(allNames);
    expect((await owner('GET', `/campaigns/${body.id}`)).body).toEqual(body);
  });

  it('lets an admin name the advertiser, and nobody else', async () => {
    const { status, body } = await root('POST', '/campaigns', { name: 'Theirs', advertiserId: 8 });
    expect([status, body.advertiserId]).toEqual([201, 8]);
    expect(refusalOf(await owner('POST', '/campaigns', { name: 'Theirs', advertiserId: 8 }))).toBe('403 forbidden');
    const landless = apiAs(app.url, await token(7, { roles: ['advertiser'] }));
    const moderator = apiAs(app.url, await token(7, { roles: ['moderator'] }));
    for (const as of [await user(app.url, 7), landless, moderator]) {
      expect(refusalOf(await as('POST', '/campaigns', { name: '' }))).toBe('403 forbidden');
    }
  });

  it.each([
    [{}, '/name'],
    [{ name: ' ' }, '/name'],
    [{ name: 'x'.repeat(201) }, '/name'],
    [{ name: 'x', likes: 5 }, ''],
    [{ name: 'x', brandId: 0 }, '/brandId'],
    [{ name: 'x', targetAudiences: ['tutor', 'cat'] }, '/targetAudiences/1'],
    [{ name: 'x', targetPlacements: ['roof'] }, '/targetPlacements/0'],
    [{ name: 'x', campaignBudget: -1 }, '/campaignBudget'],
    [{ name: 'x', campaignBudget: 1e15 }, '/campaignBudget'],
    [{ name: 'x', depositPercent: 101 }, '/depositPercent'],
    [{ name: 'x', billingFrequency: 1.5 }, '/billingFrequency'],
    [{ name: 'x', startDate: 'tomorrow' }, '/startDate'],
    [{ name: 'x', startDate: '2026-02-30T00:00:00Z' }, '/startDate'],
    [{ name: 'x', startDate: '0000-01-01T00:00:00Z' }, '/startDate'],
    [{ name: 'x', startDate: '2026-01-01T00:00:00+20:00' }, '/startDate'],
    [{ name: 'x', campaignSocials: { 'a/b~c': 5 } }, '/campaignSocials/a~1b~0c'],
    [[], ''],
  ])('refuses %j and points at %j', async (body, pointer) => {
    const reply = await root('POST', '/campaigns', body);
    expect(refusalOf(reply)).toBe('400 invalid_body');
    expect(reply.body.errors).toEqual([{ pointer, message: expect.any(String) }]);
  });

  it('takes each number at its limits', async () => {
    const most = {
      campaignBudget: 999_999_999_999,
      cpiRate: 999_999,
      billingFrequency: 2 ** 31 - 1,
      depositPercent: 100,
    };
    const least = { campaignBudget: 0, cpiRate: 1e-6, billingFrequency: 1, depositPercent: 0 };
    for (const limits of [most, least]) {
      const { status, body } = await root('POST', '/campaigns', { name: 'x', brandId: 2 ** 53 - 1, ...limits });
      expect([status, body]).toMatchObject([201, { brandId: 2 ** 53 - 1, ...limits }]);
    }
  });
});

describe('reading', () => {
  it('shows the public part to anybody, and all 46 columns to the owner and admins', async () => {
    expect(profileColumns).toHaveLength(46);
    const id = await campaignIn(app, 'live');
    const others = [null, await token(7), await token(7, { roles: ['moderator'] })];
    const rivals = [await token(7, { roles: ['advertiser'], advertiser_id: 6 }), await token(7, { advertiser_id: 5 })];
    const { body: seen } = await apiAs(app.url, null)('GET', `/campaigns/${id}`);
    expect(Object.keys(seen).sort()).toEqual(publicNames);
    for (const bearer of [...others, ...rivals]) {
      expect((await apiAs(app.url, bearer)('GET', `/campaigns/${id}`)).body).toEqual(seen);
    }
    for (const as of [owner, root]) {
      const { body } = await as('GET', `/campaigns/${id}`);
      expect(Object.keys(body).sort()).toEqual(allNames);
      expect(body).toMatchObject(seen);
    }
  });

  it('writes every time in UTC, whatever time zone the database is set to', async () => {
    const id = await campaignIn(app, 'ended');
    await app.pool.query(
      `do $$ begin execute format('alter database %I set timezone = ''Asia/Tokyo''', current_database()); end $$`,
    );
    const elsewhere = await startApp({ databaseUrl: app.databaseUrl });
    const { body } = await (await admin(elsewhere.url))('GET', `/campaigns/${id}`);
    const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
    for (const name of ['launchedAt', 'endedAt', 'createdAt', 'updatedAt']) expect(body[name]).toMatch(utc);
    expect(body).toEqual((await root('GET', `/campaigns/${id}`)).body);
  });
});
