import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { impressionOf, laterOf } from '../features/impression-events.ts';
import { audited } from '../sql/counting-play.ts';
import { apiAs, liveCampaign, type Reply } from '../support/api.ts';
import { secret } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startServerProcess } from '../support/processes.ts';
import { withClient } from '../support/sql.ts';

const env = { JWT_SECRET: secret, RATE_LIMITS: 'off' };
const [senders, batches, pairs] = [3, 12, 100];

it('kill -9 in the middle of batches of impressions, each sent again with its ids: every event counts once', async () => {
  const { url: databaseUrl } = await freshDatabase();
  let server = await startServerProcess({ databaseUrl, env });
  const { url } = server;
  const ids = [await liveCampaign(url), await liveCampaign(url)];
  const anybody = apiAs(url, null);
  let answered = 0;
  let lost = 0;
  const send = async (sender: number, batch: number) => {
    const events = Array.from({ length: pairs }, (_, n) => {
      const seen = impressionOf(ids[n % 2] ?? 0, { sessionId: `${sender} ${batch} ${n % 50}` });
      return [seen, laterOf('click', seen.eventId)];
    });
    // Every other batch has its clicks before their impressions.
    const flat = batch % 2 ? events.flat() : events.flat().toReversed();
    for (;;) {
      const reply: Reply | null = await anybody('POST', '/impressions', { events: flat }).catch(() => null);
      if (reply?.status === 202) {
        expect(reply.body.accepted + reply.body.duplicates).toBe(flat.length);
        return void answered++;
      }
      if (reply && reply.status < 500) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
      lost++;
      await delay(50);
    }
  };
  const sending = Promise.all(
    Array.from({ length: senders }, async (_, sender) => {
      for (let batch = 0; batch < batches; batch++) await send(sender, batch);
    }),
  );
  await eventually(() => expect(answered).toBeGreaterThanOrEqual(4), { within: 20_000 });
  server.kill('SIGKILL');
  await server.exited;
  server = await startServerProcess({ databaseUrl, env, port: Number(new URL(url).port) });
  await sending;
  expect(lost).toBeGreaterThan(0);

  await withClient(databaseUrl, async (client) => {
    const seen = (senders * batches * pairs) / 2;
    const { rows } = await client.query(
      `select i.rows, i.clicked, c.impressions::int, c.clicks::int, c.reach::int, i.viewers
       from campaign_counters c join (
         select campaign_id, count(*)::int as rows, count(*) filter (where clicked)::int as clicked,
           count(distinct session_id)::int as viewers
         from campaign_impressions group by campaign_id
       ) i using (campaign_id) order by campaign_id`,
    );
    const viewers = (senders * batches * 50) / 2;
    const whole = { rows: seen, clicked: seen, impressions: seen, clicks: seen, reach: viewers, viewers };
    expect(rows).toEqual([whole, whole]);
    expect(await audited(client)).toEqual([]);
  });
}, 90_000);
