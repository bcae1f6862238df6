import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { impressionOf } from './impression-events.ts';
import { auditedOf, classesOf, trafficOf } from './traffic.ts';

let app: TestApp;
let anybody: Api;
beforeAll(async () => {
  app = await startApp();
  anybody = apiAs(app.url, null);
});

const send = async (events: unknown[], as = anybody) => (await as('POST', '/impressions', { events })).body;
const start = Date.now() - 3_600_000;
/** So many impressions, one each `everyMs` of the viewer's own clock. */
const stream = (id: number, count: number, everyMs: number, fields: object = {}) =>
  Array.from({ length: count }, (_, n) =>
    impressionOf(id, { occurredAt: new Date(start + n * everyMs).toISOString(), ...fields }),
  );
const excess = async (id: number) => (await classesOf(app, id)).filter((one) => one === 'excessive_rate').length;

describe('more than 120 impressions of a campaign by one viewer within a minute', () => {
  it('are valid up to the 120th, and invalid beyond it', async () => {
    const id = await liveCampaign(app.url);
    expect(await send(stream(id, 150, 100))).toEqual({ accepted: 150, duplicates: 0, rejected: [] });
    expect(await classesOf(app, id)).toEqual([...Array(120).fill(null), ...Array(30).fill('excessive_rate')]);
    expect(await trafficOf(app, id)).toMatchObject({
      valid: { impressions: 120, reach: 1 },
      invalid: { impressions: 30, reach: 1 },
      all: { impressions: 150, reach: 1 },
    });
    expect(await auditedOf(app, id)).toEqual([]);
  });

  it('are counted over batches and without times of their own as well', async () => {
    const id = await liveCampaign(app.url);
    for (let batch = 0; batch < 13; batch++) await send(Array.from({ length: 10 }, () => impressionOf(id)));
    expect(await excess(id)).toBe(10);
  });

  it('are exactly 120 valid ones when many connections send at once, on two nodes', async () => {
    const id = await liveCampaign(app.url);
    const second = await startApp({ databaseUrl: app.databaseUrl });
    const nodes = [anybody, apiAs(second.url, null)];
    const batches = Array.from({ length: 40 }, (_, n) => send([impressionOf(id), ...stream(id, 4, 1)], nodes[n % 2]));
    await Promise.all(batches);
    // 40 of now, and 160 of one minute an hour ago.
    expect([await excess(id), await auditedOf(app, id)]).toEqual([40, []]);
  });

  it('do not depend on the order in which they arrive', async () => {
    const [inOrder, shuffled] = [await liveCampaign(app.url), await liveCampaign(app.url)];
    await send(stream(inOrder, 200, 200));
    const late = stream(shuffled, 200, 200);
    for (const part of [late.slice(150), late.slice(60, 150), late.slice(0, 60)]) await send(part);
    const timesOf = async (id: number) => {
      const { rows } = await app.pool.query(
        `select i.created_at from campaign_impressions i join impression_verdict v on v.impression_id = i.id
         where i.campaign_id = $1 order by 1`,
        [id],
      );
      return rows;
    };
    expect(await timesOf(shuffled)).toEqual(await timesOf(inOrder));
    expect((await timesOf(inOrder)).length).toBe(80);
  });

  it('are not 120 in every minute, nor many viewers of one address, nor one viewer of many campaigns', async () => {
    const [steady, school, other] = await Promise.all([1, 2, 3].map(() => liveCampaign(app.url)));
    const ids = [steady ?? 0, school ?? 0, other ?? 0] as const;
    await send(stream(ids[0], 400, 500));
    for (let n = 0; n < 4; n++) await send(stream(ids[1], 100, 1, { sessionId: `pupil ${n}` }));
    await send([...stream(ids[1], 100, 1, { sessionId: 'two' }), ...stream(ids[2], 100, 1, { sessionId: 'two' })]);
    expect(await Promise.all(ids.map(excess))).toEqual([0, 0, 0]);
  });

  it('are one viewer’s over many sessions, when it is a user', async () => {
    const id = await liveCampaign(app.url);
    const alice = await user(app.url, 11);
    for (let n = 0; n < 13; n++) await send(stream(id, 10, 1, { sessionId: `s${n}` }), alice);
    expect(await excess(id)).toBe(10);
  });
});

it('rows of another program are counted for a viewer’s rate, and stay valid themselves', async () => {
  const id = await liveCampaign(app.url);
  await app.pool.query(
    `insert into campaign_impressions (campaign_id, session_id) select $1, 's1' from generate_series(1, 130)`,
    [id],
  );
  expect(await excess(id)).toBe(0);
  await send([impressionOf(id)]);
  expect([await excess(id), (await classesOf(app, id)).at(-1)]).toEqual([1, 'excessive_rate']);
});
