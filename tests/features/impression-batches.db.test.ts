import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { campaignIn } from './campaign-in.ts';
import { impressionOf, impressionRows, laterOf } from './impression-events.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let anybody: Api;
beforeAll(async () => {
  app = await startApp();
  anybody = apiAs(app.url, null);
});

const send = async (events: unknown[]) => (await anybody('POST', '/impressions', { events })).body;
const idsOf = async (id: number) => {
  const { rows } = await app.pool.query<{ id: string }>(
    `select e.event_id as id from impression_event e join campaign_impressions i on i.id = e.impression_id
     where e.type = 'impression' and i.campaign_id = $1 order by i.id`,
    [id],
  );
  return rows.map((row) => row.id);
};

describe('a batch', () => {
  it('judges each event alone and says which were rejected and why', async () => {
    const [id, draft, paused] = [
      await liveCampaign(app.url),
      await campaignIn(app, 'draft'),
      await campaignIn(app, 'paused'),
    ];
    const known = impressionOf(id);
    await send([known]);
    const good = impressionOf(id);
    const events = [
      good,
      known,
      impressionOf(draft),
      impressionOf(999_999_999),
      impressionOf(paused),
      { ...impressionOf(id), placement: 'roof' },
      laterOf('click', good.eventId),
      laterOf('viewable', good.eventId, { durationMs: 999 }),
      laterOf('conversion', good.eventId),
      good,
      null,
      'event',
      [],
      {},
      impressionOf(id, { region: 'a\u0000b' }),
      impressionOf(id, { region: 'a\ud800b' }),
    ];
    expect(await send(events)).toEqual({
      accepted: 4,
      duplicates: 2,
      rejected: [
        { index: 2, code: 'unknown_campaign' },
        { index: 3, code: 'unknown_campaign' },
        { index: 4, code: 'campaign_not_live' },
        ...[5, 7, 10, 11, 12, 13, 14].map((index) => ({ index, code: 'invalid_event' })),
      ],
    });
    expect(await impressionRows(app, id, 'region, clicked, is_viewable, converted')).toEqual([
      { region: null, clicked: false, is_viewable: false, converted: false },
      { region: null, clicked: true, is_viewable: false, converted: true },
      { region: 'a\ufffdb', clicked: false, is_viewable: false, converted: false },
    ]);
  });

  it('may be empty, may hold 500, and of 501 nothing is stored', async () => {
    const id = await liveCampaign(app.url);
    expect(await send([])).toEqual({ accepted: 0, duplicates: 0, rejected: [] });
    const events = Array.from({ length: 501 }, () => impressionOf(id));
    expect(refusalOf(await anybody('POST', '/impressions', { events }))).toBe('413 too_many_events');
    expect(await idsOf(id)).toEqual([]);
    expect(await send(events.slice(1))).toEqual({ accepted: 500, duplicates: 0, rejected: [] });
    expect(await idsOf(id)).toEqual(events.slice(1).map(({ eventId }) => eventId));
  });

  it('of 500 full events fits into a body', async () => {
    const id = await liveCampaign(app.url);
    const full = { audience: 'student', region: '王'.repeat(200), deviceType: 'desktop', location: 'é'.repeat(200) };
    const events = Array.from({ length: 500 }, (_, n) =>
      impressionOf(id, { ...full, sessionId: String(n).padStart(64, '王'), occurredAt: new Date().toISOString() }),
    );
    expect(await send(events)).toEqual({ accepted: 500, duplicates: 0, rejected: [] });
  });

  it('comes from sendBeacon as text/plain just as well, and as nothing else', async () => {
    const id = await liveCampaign(app.url);
    const events = [impressionOf(id), impressionOf(id, { region: 'a\u0000b' }), impressionOf(id)];
    const post = (type: string, text: string) => anybody('POST', '/impressions', text, { 'content-type': type });
    const { status, body } = await post('text/plain;charset=UTF-8', JSON.stringify({ events }));
    expect([status, body]).toEqual([
      202,
      { accepted: 2, duplicates: 0, rejected: [{ index: 1, code: 'invalid_event' }] },
    ]);
    for (const type of ['text/html', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect(refusalOf(await post(type, JSON.stringify({ events })))).toBe('415 unsupported_media_type');
    }
    expect(refusalOf(await post('text/plain', 'hello'))).toBe('400 invalid_json');
    for (const wrong of [[], { events: {} }, { events: 'x' }, {}, null]) {
      expect(refusalOf(await post('text/plain', JSON.stringify(wrong)))).toBe('400 invalid_body');
    }
    expect(await idsOf(id)).toEqual([events[0]?.eventId, events[2]?.eventId]);
  });

  it('knows an event id however it is written, and whatever else the event then says', async () => {
    const [id, other] = [await liveCampaign(app.url), await liveCampaign(app.url)];
    const event = impressionOf(id);
    const shouted = { ...event, eventId: event.eventId.toUpperCase() };
    const elsewhere = { ...event, campaignId: other };
    const asClick = laterOf('click', event.eventId, { eventId: event.eventId });
    expect(await send([event, shouted])).toEqual({ accepted: 1, duplicates: 1, rejected: [] });
    expect(await send([shouted, elsewhere, asClick])).toEqual({ accepted: 0, duplicates: 3, rejected: [] });
    expect([await idsOf(id), await idsOf(other)]).toEqual([[event.eventId], []]);
    expect(await impressionRows(app, id, 'clicked')).toEqual([{ clicked: false }]);
  });
});

it('of batches at the same time that overlap each event is recorded once, and accepted once', async () => {
  const campaigns = [await liveCampaign(app.url), await liveCampaign(app.url)];
  const events = Array.from({ length: 300 }, (_, n) =>
    impressionOf(campaigns[n % 2] ?? 0, { sessionId: `s${n % 50}` }),
  );
  const windows = [events.slice(0, 200), events.slice(100).reverse(), events.slice(50, 250), events];
  const answers = await Promise.all(windows.map(send));
  const sum = (name: string) => answers.reduce((total, answer) => total + answer[name], 0);
  expect([sum('accepted'), sum('duplicates'), answers.flatMap(({ rejected }) => rejected)]).toEqual([300, 600, []]);
  for (const [place, id] of campaigns.entries()) {
    const wanted = events.filter((_, n) => n % 2 === place).map(({ eventId }) => eventId);
    expect((await idsOf(id)).sort()).toEqual(wanted.sort());
    const rows = await impressionRows(app, id, 'session_id, is_unique_impression as first');
    const firsts = rows.filter(({ first }) => first).map((row) => row.session_id);
    expect(firsts).toEqual([...new Set(rows.map((row) => row.session_id))]);
  }
});
