import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { liveCampaign } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { impressionOf, impressionRows, laterOf, metricsOf, sendEvents } from './impression-events.ts';
import { somebodyWaits } from './somebody-waits.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

const send = (events: unknown[]) => sendEvents(app, events);

describe('a later event', () => {
  it('in any order within a batch joins its impression', async () => {
    const id = await liveCampaign(app.url);
    const impression = impressionOf(id);
    const { eventId } = impression;
    const viewable = laterOf('viewable', eventId, { durationMs: 1_000 });
    await send([laterOf('conversion', eventId), laterOf('click', eventId), viewable, impression]);
    expect(await impressionRows(app, id, 'is_viewable, viewable_duration, clicked, converted')).toEqual([
      { is_viewable: true, viewable_duration: 1_000, clicked: true, converted: true },
    ]);
  });

  it('that comes before its impression waits for it, with its own time, and joins it', async () => {
    const id = await liveCampaign(app.url);
    const impression = impressionOf(id);
    const occurredAt = new Date(Date.now() - 60_000).toISOString();
    const early = [laterOf('click', impression.eventId, { occurredAt }), laterOf('viewable', impression.eventId)];
    expect(await send(early)).toEqual({ accepted: 2, duplicates: 0, rejected: [] });
    expect((await metricsOf(app, id)).counters).toMatchObject({ impressions: 0, clicks: 0 });
    await send([impression]);
    const [row] = await impressionRows(app, id, 'clicked, clicked_at, is_viewable, viewable_duration');
    expect(row).toEqual({
      clicked: true,
      clicked_at: new Date(occurredAt),
      is_viewable: true,
      viewable_duration: 1_500,
    });
    expect((await metricsOf(app, id)).counters).toMatchObject({ impressions: 1, viewable: 1, clicks: 1 });
    expect(await send(early)).toEqual({ accepted: 0, duplicates: 2, rejected: [] });
  });

  it('waits for seven days and no longer', async () => {
    const id = await liveCampaign(app.url);
    const impressions = [impressionOf(id), impressionOf(id)];
    const clicks = impressions.map(({ eventId }) => laterOf('click', eventId));
    await send(clicks);
    const age = `update impression_event set received_at = now() - $2::interval where event_id = $1`;
    await app.pool.query(age, [clicks[0]?.eventId, '6 days 23 hours']);
    await app.pool.query(age, [clicks[1]?.eventId, '7 days 1 hour']);
    await send(impressions);
    expect(await impressionRows(app, id, 'clicked')).toEqual([{ clicked: true }, { clicked: false }]);
  });

  it('of a kind that was there already is accepted and counts once: the first time stays, the longest view too', async () => {
    const id = await liveCampaign(app.url);
    const impression = impressionOf(id);
    const ago = (seconds: number) => ({ occurredAt: new Date(Date.now() - seconds * 1_000).toISOString() });
    const [first, second] = [ago(20), ago(10)];
    await send([
      impression,
      laterOf('click', impression.eventId, first),
      laterOf('viewable', impression.eventId, { durationMs: 5_000 }),
    ]);
    const again = [
      laterOf('click', impression.eventId, second),
      laterOf('viewable', impression.eventId, { durationMs: 2_000 }),
    ];
    expect(await send(again)).toEqual({ accepted: 2, duplicates: 0, rejected: [] });
    expect(await impressionRows(app, id, 'clicked_at, viewable_duration')).toEqual([
      { clicked_at: new Date(first.occurredAt), viewable_duration: 5_000 },
    ]);
    expect((await metricsOf(app, id)).counters).toMatchObject({
      impressions: 1,
      viewable: 1,
      clicks: 1,
      conversions: 0,
    });
  });

  it('that meets its impression on another connection is not lost, whichever commits first', async () => {
    const id = await liveCampaign(app.url);
    const write = 'select * from record_impressions($1)';
    const connections = [new pg.Client(app.databaseUrl), new pg.Client(app.databaseUrl)];
    for (const connection of connections) await connection.connect();
    for (const order of [0, 1]) {
      const eventId = crypto.randomUUID();
      const at = new Date().toISOString();
      const impression = { o: 0, type: 'impression', event: eventId, c: id, placement: 'widget', session: 's', at };
      const click = { o: 0, type: 'click', event: crypto.randomUUID(), of: eventId, at };
      const [one, two] = order === 0 ? [impression, click] : [click, impression];
      const [first, second] = connections as [pg.Client, pg.Client];
      await first.query('begin');
      await first.query(write, [JSON.stringify([one])]);
      const late = second.query(write, [JSON.stringify([two])]);
      await somebodyWaits(app);
      await first.query('commit');
      await late;
    }
    for (const connection of connections) await connection.end();
    expect(await impressionRows(app, id, 'clicked')).toEqual([{ clicked: true }, { clicked: true }]);
    expect((await metricsOf(app, id)).counters).toMatchObject({ impressions: 2, clicks: 2 });
  });

  it('sent at the same moment as its impression is never lost', async () => {
    const id = await liveCampaign(app.url);
    const impressions = Array.from({ length: 40 }, (_, n) => impressionOf(id, { sessionId: `s${n}` }));
    await Promise.all(
      impressions.flatMap((impression, n) => {
        const pair = [impression, laterOf('click', impression.eventId)];
        return (n % 2 ? pair : pair.reverse()).map((event) => send([event]));
      }),
    );
    expect((await metricsOf(app, id)).counters).toMatchObject({ impressions: 40, clicks: 40, reach: 40 });
  });
});
