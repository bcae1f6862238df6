import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { campaignIn } from './campaign-in.ts';
import { impressionOf, impressionRows, laterOf } from './impression-events.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let anybody: Api;
let alice: Api;
beforeAll(async () => {
  app = await startApp({ TRUST_PROXY: '1' });
  anybody = apiAs(app.url, null);
  alice = await user(app.url, 11);
});

const body = (fields: object = {}) => {
  const { type: _, campaignId: __, ...rest } = impressionOf(0);
  return { ...rest, ...fields };
};
const send = (events: unknown[], headers = {}, as = anybody) => as('POST', '/impressions', { events }, headers);

describe('the single door', () => {
  it('answers 201 with the row’s id and whether it is the viewer’s first; a known event 200 with the same id', async () => {
    const id = await liveCampaign(app.url);
    const path = `/campaigns/${id}/impressions`;
    const [first, second] = [body(), body()];
    const replies = [];
    for (const event of [first, second, first, second]) replies.push(await anybody('POST', path, event));
    const [a, b] = (await impressionRows(app, id, 'id')).map((row) => row.id);
    expect(replies.map(({ status, body: answer }) => [status, answer])).toEqual([
      [201, { impressionId: a, unique: true }],
      [201, { impressionId: b, unique: false }],
      [200, { impressionId: a, unique: true }],
      [200, { impressionId: b, unique: false }],
    ]);
  });

  it('writes down all that the event, the token, the connection and the campaign say', async () => {
    const id = await liveCampaign(app.url, { brandId: 77, cpiRate: 0.0125 });
    const as = apiAs(app.url, await token(11, { profile_id: 5, profile_type: 'tutor' } as object));
    const described = { audience: 'tutor', region: 'North', deviceType: 'mobile', location: 'Oslo' };
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const headers = { 'user-agent': userAgent, 'x-forwarded-for': '203.0.113.9' };
    await as('POST', `/campaigns/${id}/impressions`, body(described), headers);
    const [row] = await impressionRows(app, id, '*, cpi_rate::float8, host(ip_address) as ip_address');
    const { id: _, created_at: at, ...rest } = row;
    expect(Date.now() - at.getTime()).toBeLessThan(60_000);
    expect(rest).toEqual({
      ...{ campaign_id: id, brand_id: 77, cpi_rate: 0.0125, charged: false, charged_at: null },
      ...{ user_id: 11, profile_id: 5, profile_type: 'tutor', session_id: 's1' },
      ...{ placement: 'widget', audience: 'tutor', region: 'North', device_type: 'mobile', location: 'Oslo' },
      ...{ ip_address: '203.0.113.9', user_agent: userAgent },
      ...{ is_unique_impression: true, is_viewable: false, viewable_duration: null },
      ...{ clicked: false, clicked_at: null, converted: false, converted_at: null },
    });
  });

  it.each(['abc', '1.2.3.4.5', 'fe80::1%eth0', '::ffff:203.0.113.9', "'; --"])(
    'takes an impression whatever address a proxy claims: %s',
    async (address) => {
      const id = await liveCampaign(app.url);
      const reply = await anybody('POST', `/campaigns/${id}/impressions`, body(), { 'x-forwarded-for': address });
      expect(reply.status).toBe(201);
    },
  );

  it.each([
    {},
    { eventId: 'abc' },
    { placement: 'roof' },
    { audience: 'cat' },
    { deviceType: 'fridge' },
    { sessionId: '' },
    { sessionId: 'x'.repeat(65) },
    { sessionId: 5 },
    { region: 'x'.repeat(201) },
    { occurredAt: 'yesterday' },
    { type: 'click' },
  ])('refuses %j', async (fields) => {
    const id = await liveCampaign(app.url);
    const event = Object.keys(fields).length === 0 ? {} : body(fields);
    expect(refusalOf(await anybody('POST', `/campaigns/${id}/impressions`, event))).toBe('400 invalid_body');
    expect(await impressionRows(app, id, 'id')).toEqual([]);
  });

  it('takes impressions while the campaign is live, and of a known event says so even after', async () => {
    const id = await campaignIn(app, 'live');
    const event = body();
    const path = `/campaigns/${id}/impressions`;
    expect((await anybody('POST', path, event)).status).toBe(201);
    for (const status of ['paused', 'ended'] as const) {
      await campaignIn(app, status, id);
      expect(refusalOf(await anybody('POST', path, body()))).toBe('409 campaign_not_live');
      expect((await anybody('POST', path, event)).status).toBe(200);
    }
    const open = await campaignIn(app, 'paused');
    const early = body();
    expect(refusalOf(await anybody('POST', `/campaigns/${open}/impressions`, early))).toBe('409 campaign_not_live');
    await app.pool.query('update campaign_profile set paused_at = null where id = $1', [open]);
    expect((await anybody('POST', `/campaigns/${open}/impressions`, early)).status).toBe(201);
  });

  it('refuses the event id of a click: it is no impression', async () => {
    const id = await liveCampaign(app.url);
    const click = laterOf('click', crypto.randomUUID());
    await send([click]);
    const reply = await anybody('POST', `/campaigns/${id}/impressions`, body({ eventId: click.eventId }));
    expect(refusalOf(reply)).toBe('400 invalid_event');
    expect(await impressionRows(app, id, 'id')).toEqual([]);
  });
});

it('an event that occurred within seven days keeps its time, an older or a future one happened now', async () => {
  const id = await liveCampaign(app.url);
  const day = 24 * 3_600_000;
  const start = Date.now();
  const times = [-6 * day, -7 * day + 60_000, -8 * day, day, 60_000].map((ago) => new Date(start + ago).toISOString());
  await send(times.map((occurredAt, n) => impressionOf(id, { occurredAt, sessionId: `s${n}` })));
  const rows = await impressionRows(app, id, 'created_at');
  const ages = rows.map(({ created_at: at }) => (at.getTime() < start - day ? at.toISOString() : 'now'));
  expect(ages).toEqual([times[0], times[1], 'now', 'now', 'now']);
  for (const { created_at: at } of rows.slice(2)) {
    expect(at.getTime()).toBeGreaterThanOrEqual(start - 1);
    expect(at.getTime()).toBeLessThanOrEqual(Date.now());
  }
  const elsewhere = new Date(start - day).toISOString().replace('Z', '-05:00');
  await send([impressionOf(id, { occurredAt: elsewhere, sessionId: 'east' })]);
  const [east] = (await impressionRows(app, id, 'created_at, session_id')).slice(-1);
  expect(east.created_at.getTime()).toBe(start - day + 5 * 3_600_000);
});

it('a viewer is the user, else the session, and is new once for each campaign', async () => {
  const [id, other] = [await liveCampaign(app.url), await liveCampaign(app.url)];
  const sees = async (as: Api, campaign: number, sessionId: string) =>
    (await as('POST', `/campaigns/${campaign}/impressions`, body({ sessionId }))).body.unique;
  const bob = await user(app.url, 12);
  expect([
    await sees(alice, id, 's1'), // a user
    await sees(alice, id, 's2'), // the same in another session
    await sees(bob, id, 's1'), // another user in that session
    await sees(anybody, id, 's1'), // nobody known, in that session
    await sees(anybody, id, 's1'),
    await sees(anybody, id, '11'), // a session with a user's number
    await sees(alice, other, 's1'),
  ]).toEqual([true, false, true, true, false, true, true]);
});
