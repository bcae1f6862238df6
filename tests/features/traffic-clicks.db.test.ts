import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { impressionOf, laterOf } from './impression-events.ts';
import { auditedOf, classesOf, trafficOf } from './traffic.ts';

let app: TestApp;
let anybody: Api;
beforeAll(async () => {
  app = await startApp();
  anybody = apiAs(app.url, null);
});

const send = async (events: unknown[]) => (await anybody('POST', '/impressions', { events })).body;
const start = Date.now() - 60_000;
const at = (ms: number) => ({ occurredAt: new Date(start + ms).toISOString() });

describe('a click before its impression or within 50 ms after it', () => {
  it.each([
    [-30_000, 'premature_click'],
    [-1, 'premature_click'],
    [0, 'premature_click'],
    [49, 'premature_click'],
    [50, null],
  ])('%i ms after it', async (ms, expected) => {
    const id = await liveCampaign(app.url);
    const seen = impressionOf(id, at(0));
    await send([seen, laterOf('click', seen.eventId, at(ms))]);
    expect(await classesOf(app, id)).toEqual([expected]);
  });

  it('takes its impression out of the valid counts, whichever comes first', async () => {
    const id = await liveCampaign(app.url);
    const [early, late] = [impressionOf(id, at(0)), impressionOf(id, { ...at(0), sessionId: 's2' })];
    await send([early, laterOf('viewable', early.eventId)]);
    await send([laterOf('click', early.eventId, at(10)), laterOf('click', late.eventId, at(10))]);
    await send([late]);
    expect(await trafficOf(app, id)).toMatchObject({
      valid: { impressions: 0, clicks: 0, reach: 0 },
      invalid: { impressions: 2, viewable: 1, clicks: 2, reach: 2 },
    });
    expect(await auditedOf(app, id)).toEqual([]);
  });

  it('is not told by the server’s own times: those are of the batch, not of the click', async () => {
    const id = await liveCampaign(app.url);
    const [one, two] = [impressionOf(id), impressionOf(id, at(0))];
    await send([one, laterOf('click', one.eventId), two, laterOf('click', two.eventId)]);
    expect(await classesOf(app, id)).toEqual([null, null]);
  });
});
