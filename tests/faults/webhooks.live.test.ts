import { beforeAll, expect, it } from 'vitest';
import { apiAs, liveCampaign } from '../support/api.ts';
import { secret, startApp, type TestApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { type ServerProcess, startServerProcess } from '../support/processes.ts';
import { type Answering, type Receiver, startReceiver } from '../support/receiver.ts';
import { query } from '../support/sql.ts';

// One database, on which servers come and go; each test has endpoints and campaigns of an advertiser of its own.
const env = { JWT_SECRET: secret, RATE_LIMITS: 'off', LOG_LEVEL: 'trace', WEBHOOK_ALLOW_PRIVATE: '1' };
const slowly: Answering = (_, response) => setTimeout(() => response.writeHead(204).end(), 40);
let databaseUrl: string;
/** Who is there after the first test: the process that the second one kills, then a node in this process. */
let server: ServerProcess;
let one: TestApp;
beforeAll(async () => {
  databaseUrl = (await freshDatabase()).url;
  server = await startServerProcess({ databaseUrl, env: { ...env, WEBHOOK_TIMEOUT_MS: '60000' } });
});

let advertisers = 20;
const written = 'what somebody wrote';
/** What no log may say; endpoints add their maker's token and their secret. */
const unsaid = ['whsec_', secret, written];
async function listening(url: string, advertiserId: number, answer = slowly): Promise<Receiver> {
  const receiver = await startReceiver(answer);
  const bearer = await token(1, { roles: ['advertiser'], advertiser_id: advertiserId });
  const events = ['engagement:created'];
  const made = await apiAs(url, bearer)('POST', '/webhook-endpoints', { url: receiver.url, events });
  expect(made.status).toBe(201);
  unsaid.push(bearer, made.body.secret.slice('whsec_'.length));
  return receiver;
}
async function like(url: string, advertiserId: number, times: number) {
  const campaignId = await liveCampaign(url, { advertiserId });
  await query(
    databaseUrl,
    `insert into campaign_engagement (campaign_id, user_id, engagement_type)
     select ${campaignId}, n, 'like' from generate_series(1, ${times}) n`,
  );
}
const deliveries = (advertiserId: number, condition: string) =>
  query(
    databaseUrl,
    `select from webhook_delivery d join webhook_endpoint w on w.id = d.endpoint_id
     where w.advertiser_id = ${advertiserId} and ${condition}`,
  );
const untilDelivered = (advertiserId: number, count: number) =>
  eventually(async () => expect(await deliveries(advertiserId, `state = 'delivered'`)).toHaveLength(count), {
    within: 20_000,
  });
/** Different ids, and pairs of id and body: as many as ids, where each repeat was the same. */
const differentOf = ({ received }: Receiver) => ({
  ids: new Set(received.map(({ id }) => id)).size,
  pairs: new Set(received.map(({ id, body }) => `${id} ${body}`)).size,
});

it('what a server logs at trace names no secret, no token and nothing that somebody wrote', async () => {
  const advertiserId = advertisers++;
  let refused = 0;
  const receiver = await listening(server.url, advertiserId, (_, response) =>
    refused++ === 0 ? response.writeHead(500).end('no') : response.writeHead(204).end(),
  );
  const campaignId = await liveCampaign(server.url, { advertiserId });
  const as = apiAs(server.url, await token(77));
  expect((await as('POST', `/campaigns/${campaignId}/comments`, { text: written })).status).toBe(201);
  expect((await as('POST', `/campaigns/${campaignId}/comments`, { text: written, parentId: -1 })).status).toBe(400);
  expect((await apiAs(server.url, `${unsaid.at(-2)}x`)('GET', '/webhook-endpoints')).status).toBe(401);
  await receiver.until(2);
  const logged = server.output();
  expect(logged).toContain('"listening"');
  expect(unsaid.filter((text) => logged.includes(text))).toEqual([]);
}, 30_000);

it('SIGTERM lets what is under way end or gives it back at once, and exits 0', async () => {
  const advertiserId = advertisers++;
  let stuck = true;
  const receiver = await listening(server.url, advertiserId, (received, response, nth) => {
    if (!stuck || nth % 2 === 1) slowly(received, response, nth);
  });
  await like(server.url, advertiserId, 20);
  await receiver.until(10);
  server.kill('SIGTERM');
  expect(await server.exited).toMatchObject({ code: 0 });
  expect(await deliveries(advertiserId, 'lease is not null')).toHaveLength(0);
  stuck = false;
  server = await startServerProcess({ databaseUrl, env: { ...env, WEBHOOK_TIMEOUT_MS: '500' } });
  await untilDelivered(advertiserId, 20);
  expect(differentOf(receiver)).toEqual({ ids: 20, pairs: 20 });
}, 60_000);

it('kill -9 amid a thousand deliveries loses none; what comes again has the same id and body', async () => {
  const advertiserId = advertisers++;
  const count = 1_000;
  const receiver = await listening(server.url, advertiserId, (_, response) =>
    setTimeout(() => response.writeHead(204).end(), 10),
  );
  await like(server.url, advertiserId, count);
  await receiver.until(300);
  server.kill('SIGKILL');
  await server.exited;
  one = await startApp({ databaseUrl, WEBHOOK_ALLOW_PRIVATE: '1' });
  await untilDelivered(advertiserId, count);
  const users = new Set(receiver.received.map(({ json }) => json.data.userId));
  const repeats = receiver.received.length - count;
  console.info(`kill -9 amid ${count} deliveries: lost ${count - users.size}, repeated ${repeats}`);
  expect(users.size).toBe(count);
  expect(differentOf(receiver)).toEqual({ ids: count, pairs: count });
  expect(repeats).toBeLessThanOrEqual(16); // what was under way at the kill
}, 60_000);

it('of two nodes on one database each message comes once, also while one of them leaves', async () => {
  const advertiserId = advertisers++;
  const two = await startApp({ databaseUrl, WEBHOOK_ALLOW_PRIVATE: '1' });
  const receivers: Receiver[] = [];
  for (let n = 0; n < 3; n++) receivers.push(await listening(two.url, advertiserId));
  await like(two.url, advertiserId, 100);
  await receivers[0]?.until(30);
  await one.stop();
  await untilDelivered(advertiserId, 300);
  for (const receiver of receivers) {
    expect({ came: receiver.received.length, ...differentOf(receiver) }).toEqual({ came: 100, ids: 100, pairs: 100 });
  }
}, 40_000);
