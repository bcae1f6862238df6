import { expect, it } from 'vitest';
import { admin, liveCampaign } from '../support/api.ts';
import { secret, startApp } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startServerProcess } from '../support/processes.ts';
import { type Answering, type Receiver, startReceiver } from '../support/receiver.ts';
import { query } from '../support/sql.ts';

const env = { JWT_SECRET: secret, RATE_LIMITS: 'off', WEBHOOK_ALLOW_PRIVATE: '1', WEBHOOK_TIMEOUT_MS: '1000' };
const slowly: Answering = (_, response) => setTimeout(() => response.writeHead(204).end(), 40);

async function listening(url: string, answer = slowly): Promise<Receiver> {
  const receiver = await startReceiver(answer);
  const as = await admin(url);
  const events = ['engagement:created'];
  expect((await as('POST', '/webhook-endpoints', { url: receiver.url, events })).status).toBe(201);
  return receiver;
}
const like = (databaseUrl: string, campaignId: number, times: number) =>
  query(
    databaseUrl,
    `insert into campaign_engagement (campaign_id, user_id, engagement_type)
     select ${campaignId}, n, 'like' from generate_series(1, ${times}) n`,
  );
const delivered = async (databaseUrl: string) =>
  (await query<{ n: string }>(databaseUrl, `select count(*) as n from webhook_delivery where state = 'delivered'`))[0]
    ?.n;
/** Different pairs of id and body: as many as ids, where each repeat was the same. */
const pairsOf = ({ received }: Receiver) => new Set(received.map(({ id, body }) => `${id} ${body}`)).size;

it('kill -9 of the server in mid-delivery loses none; what comes again has the same id and body', async () => {
  const { url: databaseUrl } = await freshDatabase();
  let server = await startServerProcess({ databaseUrl, env });
  const receiver = await listening(server.url);
  const campaignId = await liveCampaign(server.url);
  await like(databaseUrl, campaignId, 200);
  for (const heard of [40, 100]) {
    await receiver.until(heard);
    server.kill('SIGKILL');
    await server.exited;
    server = await startServerProcess({ databaseUrl, env });
  }
  await eventually(async () => expect(Number(await delivered(databaseUrl))).toBe(200), { within: 40_000 });
  const users = new Set(receiver.received.map(({ json }) => json.data.userId));
  expect([...users].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(200);
  expect(pairsOf(receiver)).toBe(200);
  expect(receiver.received.length - 200).toBeLessThanOrEqual(2 * 16); // what was under way at each kill
}, 120_000);

it('SIGTERM lets what is under way end or gives it back at once, and exits 0', async () => {
  const { url: databaseUrl } = await freshDatabase();
  const server = await startServerProcess({ databaseUrl, env: { ...env, WEBHOOK_TIMEOUT_MS: '60000' } });
  let stuck = true;
  const receiver = await listening(server.url, (received, response, nth) => {
    if (!stuck || nth % 2 === 1) slowly(received, response, nth);
  });
  const campaignId = await liveCampaign(server.url);
  await like(databaseUrl, campaignId, 20);
  await receiver.until(10);
  server.kill('SIGTERM');
  expect(await server.exited).toMatchObject({ code: 0 });
  const leased = await query(databaseUrl, 'select from webhook_delivery where lease is not null');
  expect(leased).toHaveLength(0);
  stuck = false;
  await startServerProcess({ databaseUrl, env });
  await eventually(async () => expect(Number(await delivered(databaseUrl))).toBe(20), { within: 15_000 });
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(20);
}, 60_000);

it('of two nodes on one database each message comes once, also while one of them leaves', async () => {
  const { url: databaseUrl } = await freshDatabase();
  const one = await startApp({ databaseUrl, WEBHOOK_ALLOW_PRIVATE: '1' });
  const two = await startApp({ databaseUrl, WEBHOOK_ALLOW_PRIVATE: '1' });
  const receivers = [await listening(one.url), await listening(one.url), await listening(one.url)];
  const campaignId = await liveCampaign(two.url);
  await like(databaseUrl, campaignId, 150);
  await receivers[0]?.until(30);
  await one.stop();
  await eventually(async () => expect(Number(await delivered(databaseUrl))).toBe(450), { within: 20_000 });
  for (const { received } of receivers) {
    expect({ came: received.length, different: new Set(received.map(({ id }) => id)).size }).toEqual({
      came: 150,
      different: 150,
    });
  }
}, 40_000);
