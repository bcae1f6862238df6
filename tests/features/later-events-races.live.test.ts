import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { liveCampaign } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { impressionOf, impressionRows, laterOf } from './impression-events.ts';
import { auditedOf } from './traffic.ts';

type Event = ReturnType<typeof impressionOf> | ReturnType<typeof laterOf>;

/** Resolves when this connection waits for somebody's lock. */
const waits = (pool: Pick<pg.Pool, 'query'>, { processID }: pg.Client & { processID?: number }) =>
  eventually(
    async () => {
      const { rows } = await pool.query('select wait_event_type as on from pg_stat_activity where pid = $1', [
        processID,
      ]);
      expect(rows).toEqual([{ on: 'Lock' }]);
    },
    { within: 5_000 },
  );

/** A batch as the server would send it, on a connection of its own. */
async function batchOn(url: string) {
  const client = new pg.Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  const record = async (events: Event[]) => {
    const items = events.map((event, o) => ({
      ...{ o, type: event.type, event: event.eventId, at: new Date().toISOString() },
      ...('impressionEventId' in event
        ? { of: event.impressionEventId }
        : { c: event.campaignId, placement: event.placement, session: event.sessionId }),
    }));
    const { rows } = await client.query('select outcome from record_impressions($1) order by o', [
      JSON.stringify(items),
    ]);
    return rows.map(({ outcome }) => outcome);
  };
  return { client, record };
}

it('a click beside an impression that is refused is found by the same impression of another campaign', async () => {
  const app = await startApp();
  const [closed, open] = [await liveCampaign(app.url), await liveCampaign(app.url)];
  await app.pool.query('update campaign_profile set ended_at = now() where id = $1', [closed]);
  const seen = impressionOf(closed);
  const [first, second] = [await batchOn(app.databaseUrl), await batchOn(app.databaseUrl)];
  await first.client.query('begin');
  expect(await first.record([seen, laterOf('click', seen.eventId)])).toEqual(['campaign_not_live', 'accepted']);
  const arriving = second.record([{ ...seen, campaignId: open }]);
  await Promise.race([waits(app.pool, second.client), arriving]);
  await first.client.query('commit');
  expect(await arriving).toEqual(['accepted']);
  expect(await impressionRows(app, open, 'clicked')).toEqual([{ clicked: true }]);
  expect(await auditedOf(app, open)).toEqual([]);
});

it('one click in many batches at once, its impression among them, counts once', async () => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  for (let round = 0; round < 10; round++) {
    const seen = impressionOf(id, { sessionId: `s${round}` });
    const click = laterOf('click', seen.eventId);
    const batches: Event[][] = [[click], [seen], [click], [seen, click]];
    const outcomes = await Promise.all(batches.map(async (events) => (await batchOn(app.databaseUrl)).record(events)));
    expect(outcomes.flat().sort()).toEqual([...Array(2).fill('accepted'), ...Array(3).fill('duplicate')]);
  }
  expect(await impressionRows(app, id, 'clicked')).toEqual(Array(10).fill({ clicked: true }));
  expect(await auditedOf(app, id)).toEqual([]);
});
