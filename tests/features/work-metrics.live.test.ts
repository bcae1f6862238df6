import { once } from 'node:events';
import http from 'node:http';
import { beforeAll, expect, it } from 'vitest';
import { apiAs, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { exported } from './export-lines.ts';
import { impressionOf, laterOf } from './impression-events.ts';
import { campaign } from './stats-world.ts';

const soon = { within: 8_000 };
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ EXPORT_IDLE_MS: '1000' });
});

/** The lines of GET /metrics that begin so, as `labels value`. */
const told = async (name: string): Promise<string[]> => {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .map((line) => line.slice(name.length))
    .sort();
};
const see = (id: number, count: number, agentLength: number) =>
  app.pool.query(
    `insert into campaign_impressions (campaign_id, session_id, user_agent)
     select $1, 's' || n % 9, repeat('x', $3) from generate_series(1, $2::int) n`,
    [id, count, agentLength],
  );

it('impression events are counted by type and outcome, and a repetition under its key once', async () => {
  const id = await liveCampaign(app.url);
  const seen = impressionOf(id);
  const events = [seen, laterOf('click', seen.eventId), impressionOf(777_000), { type: 'glance' }];
  const send = (headers = {}) => apiAs(app.url, null)('POST', '/impressions', { events }, headers);
  await send({ 'idempotency-key': 'one' });
  await send();
  expect(await told('pulse_impression_events_total')).toEqual([
    '{type="click",outcome="accepted"} 1',
    '{type="click",outcome="duplicate"} 1',
    '{type="impression",outcome="accepted"} 1',
    '{type="impression",outcome="duplicate"} 1',
    '{type="impression",outcome="unknown_campaign"} 2',
    '{type="unknown",outcome="invalid_event"} 2',
  ]);
});

it('exports are counted with their rows and bytes, and by how they ended', async () => {
  const [id, large] = [await campaign(app), await campaign(app)];
  await see(id, 450, 100);
  await see(large, 20_000, 5_000);
  const text = await (await exported(app.url, id, 'what=impressions&format=ndjson')).text();
  await eventually(async () => expect(await told('pulse_exports_total')).toEqual(['{outcome="whole"} 1']), soon);
  expect(await told('pulse_export_rows_total')).toEqual(['{what="impressions",format="ndjson"} 450']);
  expect(await told('pulse_export_bytes_total')).toEqual([
    `{what="impressions",format="ndjson"} ${Buffer.byteLength(text)}`,
  ]);

  const unread = async () => {
    const bearer = await token(900_005, { roles: ['advertiser'], advertiser_id: 5 });
    const request = http.get(`${app.url}/api/v1/campaigns/${large}/export?what=impressions`, {
      headers: { authorization: `Bearer ${bearer}` },
      agent: new http.Agent(),
    });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    response.on('error', () => {}); // it is cut off
    return response;
  };
  (await unread()).destroy();
  await eventually(async () => expect(await told('pulse_exports_running')).toEqual([' 0']), soon);
  await unread();
  expect(await told('pulse_exports_running')).toEqual([' 1']);
  await eventually(
    async () =>
      expect(await told('pulse_exports_total')).toEqual([
        '{outcome="client_gone"} 1',
        '{outcome="client_idle"} 1',
        '{outcome="whole"} 1',
      ]),
    soon,
  );
  expect(await told('pulse_exports_running')).toEqual([' 0']);
});
