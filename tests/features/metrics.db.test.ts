import { beforeAll, expect, it } from 'vitest';
import { type Api, admin, advertiser, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { campaignIn } from './campaign-in.ts';
import { impressionOf, laterOf } from './impression-events.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let owner: Api;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
});

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Three impressions of two viewers; one is viewable, clicked and converted. */
async function seen(fields: object = {}): Promise<number> {
  const id = await liveCampaign(app.url, {
    campaignBudget: 100,
    cpiRate: 0.25,
    totalImpressionsPlanned: 1000,
    ...fields,
  });
  const first = impressionOf(id);
  const events = [first, impressionOf(id), impressionOf(id, { sessionId: 's2' })];
  const later = (['viewable', 'click', 'conversion'] as const).map((type) => laterOf(type, first.eventId));
  await apiAs(app.url, null)('POST', '/impressions', { events: [...events, ...later] });
  return id;
}

it('every column of campaign_with_full_metrics is there, with the same value', async () => {
  const id = await seen();
  const { rows } = await app.pool.query('select to_jsonb(m) as row from campaign_with_full_metrics m where id = $1', [
    id,
  ]);
  const { status, body } = await owner('GET', `/campaigns/${id}/metrics`);
  expect(status).toBe(200);
  const times = /^(start_date|submitted_date|.*_at)$/;
  for (const [name, value] of Object.entries(rows[0].row)) {
    const same = times.test(name) && value !== null ? expect.stringMatching(/Z$/) : value;
    expect({ [name]: body[camel(name)] }).toEqual({ [name]: same });
  }
});

it('counts, rates and money are what the rows say', async () => {
  const id = await seen();
  const { body } = await owner('GET', `/campaigns/${id}/metrics`);
  expect(body).toMatchObject({
    ...{ impressions: 3, impressionsDelivered: 3, reach: 2, viewable: 1, clicks: 1, conversions: 1, frequency: 1.5 },
    ...{ viewabilityRate: 0.333333, clickThroughRate: 0.333333, conversionRate: 1, engagementRate: 0 },
    ...{ spend: 0.75, remainingBalance: 99.25, traffic: 'valid', asOf: expect.stringMatching(/Z$/) },
    pacing: { expected: 0, delivered: 3, ratio: 0 },
  });
});

it('the version grows with each change and is the version of the stream', async () => {
  const id = await seen();
  const read = async () => (await owner('GET', `/campaigns/${id}/metrics`)).body;
  const before = await read();
  await (await user(app.url, 7))('PUT', `/campaigns/${id}/reactions/like`);
  const after = await read();
  expect(after.likes).toBe(1);
  expect(after.version).toBeGreaterThan(before.version);
  expect(after.version).toBe((await read()).version);
});

it('even pacing is measured from the start to thirty days later', async () => {
  const id = await seen();
  await app.pool.query(`update campaign_profile set launched_at = now() - interval '15 days' where id = $1`, [id]);
  const { body } = await owner('GET', `/campaigns/${id}/metrics`);
  expect(body.pacing).toEqual({ expected: 500, delivered: 3, ratio: 0.006 });
});

it('a campaign without a plan has no pacing, and one without a budget no balance', async () => {
  const id = await liveCampaign(app.url);
  const { body } = await owner('GET', `/campaigns/${id}/metrics`);
  expect(body).toMatchObject({ pacing: null, remainingBalance: null, impressions: 0, frequency: 0 });
});

it('the owner and admins read them; strangers of a hidden campaign do not learn that it is there', async () => {
  const [live, draft] = [await campaignIn(app, 'live'), await campaignIn(app, 'draft')];
  const people = {
    nobody: apiAs(app.url, null),
    user: await user(app.url, 7),
    moderator: apiAs(app.url, await token(8, { roles: ['moderator'] })),
    another: await advertiser(app.url, 6),
    owner,
    admin: await admin(app.url),
  };
  const found: Record<string, string[]> = {};
  for (const [who, as] of Object.entries(people)) {
    const replies = await Promise.all([live, draft, 999_999].map((id) => as('GET', `/campaigns/${id}/metrics`)));
    found[who] = replies.map((reply) => (reply.status === 200 ? '200' : refusalOf(reply)));
  }
  expect(found).toEqual({
    nobody: ['401 unauthenticated', '404 unknown_campaign', '404 unknown_campaign'],
    user: ['403 forbidden', '404 unknown_campaign', '404 unknown_campaign'],
    moderator: ['403 forbidden', '403 forbidden', '404 unknown_campaign'],
    another: ['403 forbidden', '404 unknown_campaign', '404 unknown_campaign'],
    owner: ['200', '200', '404 unknown_campaign'],
    admin: ['200', '200', '404 unknown_campaign'],
  });
});

it('a traffic that is none, or an id that is none, is 400', async () => {
  const id = await campaignIn(app, 'live');
  expect(refusalOf(await owner('GET', `/campaigns/${id}/metrics?traffic=bots`))).toBe('400 invalid_query');
  expect(refusalOf(await owner('GET', '/campaigns/x/metrics'))).toBe('400 invalid_id');
});
