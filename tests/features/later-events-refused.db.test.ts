import { beforeAll, describe, expect, it } from 'vitest';
import { apiAs, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { impressionOf, impressionRows, laterOf, sendEvents } from './impression-events.ts';
import { auditedOf } from './traffic.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

const send = (events: unknown[]) => sendEvents(app, events);

describe('a later event', () => {
  it('of an event that is no impression is refused, in the same batch and after it', async () => {
    const id = await liveCampaign(app.url);
    const seen = impressionOf(id);
    const click = laterOf('click', seen.eventId);
    const ofClick = laterOf('conversion', click.eventId);
    const refused = { accepted: 0, duplicates: 0, rejected: [{ index: 0, code: 'unknown_impression' }] };
    expect(await send([ofClick, seen, click])).toEqual({ ...refused, accepted: 2 });
    expect(await send([ofClick])).toEqual(refused);
  });

  it('that was refused may come again when it is right', async () => {
    const id = await liveCampaign(app.url);
    const [seen, click] = [impressionOf(id), laterOf('click', crypto.randomUUID())];
    await send([seen, click]);
    const wrong = laterOf('conversion', click.eventId);
    await send([wrong]);
    expect(await send([{ ...wrong, impressionEventId: seen.eventId }])).toMatchObject({ accepted: 1 });
  });
});

describe('a video', () => {
  const withMedia = async (...media: [type: string, placement: string | null][]) => {
    const id = await liveCampaign(app.url);
    for (const [type, placement] of media) {
      await app.pool.query(
        `insert into campaign_media (campaign_id, media_type, placement, file_url) values ($1, $2, $3, '/media/one')`,
        [id, type, placement],
      );
    }
    return id;
  };

  it('is viewable after two seconds: a shorter view is refused, and may come again as a longer one', async () => {
    const id = await withMedia(['video', null]);
    const seen = impressionOf(id);
    const short = laterOf('viewable', seen.eventId, { durationMs: 1_999 });
    expect(await send([short, seen])).toMatchObject({ accepted: 1, rejected: [{ index: 0, code: 'invalid_event' }] });
    expect(await send([short])).toMatchObject({ accepted: 0, rejected: [{ index: 0, code: 'invalid_event' }] });
    expect(await send([{ ...short, durationMs: 2_000 }])).toMatchObject({ accepted: 1 });
    expect(await impressionRows(app, id, 'is_viewable, viewable_duration as ms')).toEqual([
      { is_viewable: true, ms: 2_000 },
    ]);
  });

  it('is not made viewable by a short view that waited for it', async () => {
    const id = await withMedia(['video', 'widget']);
    const seen = impressionOf(id);
    expect(await send([laterOf('viewable', seen.eventId)])).toMatchObject({ accepted: 1 });
    await send([seen]);
    expect(await impressionRows(app, id, 'is_viewable')).toEqual([{ is_viewable: false }]);
    expect(await auditedOf(app, id)).toEqual([]);
  });

  it('counts where it is shown: beside a picture, or in another placement, one second is enough', async () => {
    for (const media of [
      [
        ['video', 'widget'],
        ['image', null],
      ],
      [['video', 'popup']],
    ] as [string, string | null][][]) {
      const id = await withMedia(...media);
      const seen = impressionOf(id);
      await send([seen, laterOf('viewable', seen.eventId, { durationMs: 1_000 })]);
      expect(await impressionRows(app, id, 'is_viewable')).toEqual([{ is_viewable: true }]);
    }
  });
});

it('what waited in vain for seven days is swept, its id stays taken, and what waits still does', async () => {
  const [old, young] = [laterOf('click', crypto.randomUUID()), laterOf('click', crypto.randomUUID())];
  await send([old, young]);
  await app.pool.query(`update impression_event set received_at = now() - interval '8 days' where event_id = $1`, [
    old.eventId,
  ]);
  const sweep = async () => (await app.pool.query('select give_up_waiting(10) as gone')).rows[0].gone;
  expect([await sweep(), await sweep()]).toEqual([1, 0]);
  expect(await send([old, young])).toEqual({ accepted: 0, duplicates: 2, rejected: [] });
  const id = await liveCampaign(app.url);
  await send([old, young].map((click) => impressionOf(id, { eventId: click.impressionEventId })));
  expect(await impressionRows(app, id, 'clicked')).toEqual([{ clicked: false }, { clicked: true }]);
});

it('an event waits over a restart of the server', async () => {
  const id = await liveCampaign(app.url);
  const seen = impressionOf(id);
  const first = await startApp({ databaseUrl: app.databaseUrl });
  await apiAs(first.url, null)('POST', '/impressions', { events: [laterOf('click', seen.eventId)] });
  await first.stop();
  await send([seen]);
  expect(await impressionRows(app, id, 'clicked')).toEqual([{ clicked: true }]);
});
