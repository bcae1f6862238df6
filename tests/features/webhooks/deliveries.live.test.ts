import { beforeAll, expect, it } from 'vitest';
import { advertiser, liveCampaign } from '../../support/api.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { eventually } from '../../support/poll.ts';
import { refusalOf } from '../refusals.ts';
import { hook } from './hooked.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ WEBHOOK_ALLOW_PRIVATE: '1', WEBHOOK_TIMEOUT_MS: '1500' });
});

const like = (id: number, times: number) =>
  app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type) select $1, n, 'like' from generate_series(1, $2::int) n`,
    [id, times],
  );

it('a replay sends the same id and body again, also what was given up, and keeps the attempts', async () => {
  let status = 500;
  const { receiver, id, owner, ping, newest } = await hook(app.url, (_, response) => response.writeHead(status).end());
  const { id: deliveryId } = await ping();
  await newest(({ attempts }) => attempts.length >= 1);
  await app.pool.query('update webhook_delivery set tries = 11, due_at = now() where id = $1', [deliveryId]);
  const failed = await newest(({ state }) => state === 'failed');
  status = 200;
  const replayed = await owner('POST', `/webhook-endpoints/${id}/deliveries/${deliveryId}/replay`);
  expect(replayed.status).toBe(202);
  const delivered = await newest(({ state }) => state === 'delivered');
  expect(delivered.attempts.length).toBeGreaterThan(failed.attempts.length);
  await owner('POST', `/webhook-endpoints/deliveries/${deliveryId}/replay`);
  await newest(({ attempts }) => attempts.length === delivered.attempts.length + 1);
  expect(new Set(receiver.received.map((one) => `${one.id} ${one.body}`)).size).toBe(1);
});

it('a delivery of another’s endpoint can not be replayed, nor by another endpoint’s address', async () => {
  const { id, ping, owner } = await hook(app.url);
  const { id: deliveryId } = await ping();
  const other = await advertiser(app.url, 6);
  const replay = (as: typeof owner, endpoint: number | null) =>
    as('POST', `/webhook-endpoints/${endpoint === null ? '' : `${endpoint}/`}deliveries/${deliveryId}/replay`);
  expect(refusalOf(await replay(other, id))).toBe('404 unknown_endpoint');
  expect(refusalOf(await replay(other, null))).toBe('404 unknown_delivery');
  const { id: elsewhere } = await hook(app.url);
  expect(refusalOf(await replay(owner, elsewhere))).toBe('404 unknown_delivery');
});

it('deliveries are listed newest first, by state and in pages', async () => {
  const { id, owner, ping, deliveries, newest } = await hook(app.url);
  const made = [await ping(), await ping(), await ping()].map((delivery) => delivery.id);
  await newest(({ state }) => state === 'delivered');
  const { body: first } = await owner('GET', `/webhook-endpoints/${id}/deliveries?limit=2`);
  const rest = await deliveries(`?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...rest].map((delivery) => delivery.id)).toEqual(made.reverse());
  expect(await deliveries('?state=failed')).toEqual([]);
  expect(refusalOf(await owner('GET', `/webhook-endpoints/${id}/deliveries?state=lost`))).toBe('400 invalid_query');
});

it('one dead endpoint delays no other', async () => {
  const dead = await hook(app.url, () => {}, { events: ['engagement:created'] });
  const well = await hook(app.url, undefined, { events: ['engagement:created'] });
  const campaign = await liveCampaign(app.url);
  await like(campaign, 200);
  await well.receiver.until(200, 'engagement:created', 10_000);
  expect(dead.receiver.received.length).toBeLessThanOrEqual(48); // a few rounds of sixteen at most
  expect((await dead.deliveries('?limit=1&state=delivered')).length).toBe(0);
  await dead.owner('DELETE', `/webhook-endpoints/${dead.id}`);
});

it('to one endpoint no more than 16 are under way at once', async () => {
  let under = 0;
  let most = 0;
  const { receiver } = await hook(
    app.url,
    (_, response) => {
      most = Math.max(most, ++under);
      setTimeout(() => {
        under--;
        response.writeHead(204).end();
      }, 30);
    },
    { events: ['engagement:created'] },
  );
  await like(await liveCampaign(app.url), 100);
  await receiver.until(100);
  expect(most).toBeGreaterThan(4);
  expect(most).toBeLessThanOrEqual(16);
});

it('an ordered endpoint gets the messages of a campaign one by one, in order, also past a failure', async () => {
  const answer: Parameters<typeof hook>[1] = ({ json }, response) => {
    const failing = json.data.userId === 3 && !failed.has(json.data.campaignId);
    failed.add(failing ? json.data.campaignId : 0);
    setTimeout(() => response.writeHead(failing ? 500 : 204).end(), 10 * Math.random());
  };
  const failed = new Set<number>();
  const { receiver } = await hook(app.url, answer, { events: ['engagement:created'], ordered: true });
  const campaigns = [await liveCampaign(app.url), await liveCampaign(app.url)];
  for (const id of campaigns) await like(id, 8);
  await receiver.until(18);
  for (const id of campaigns) {
    const users = receiver.received
      .filter(({ json }) => json.data.campaignId === id)
      .map(({ json }) => json.data.userId);
    expect(users).toEqual([1, 2, 3, 3, 4, 5, 6, 7, 8]);
  }
});

it('a deleted endpoint is told nothing more', async () => {
  const { receiver, id, owner } = await hook(app.url, (_, response) => response.writeHead(500).end(), {
    events: ['engagement:created'],
  });
  const campaign = await liveCampaign(app.url);
  await like(campaign, 1);
  await receiver.until(1);
  expect((await owner('DELETE', `/webhook-endpoints/${id}`)).status).toBe(200);
  expect(refusalOf(await owner('GET', `/webhook-endpoints/${id}`))).toBe('404 unknown_endpoint');
  const heard = receiver.received.length;
  await app.pool.query('update webhook_delivery set due_at = now() where endpoint_id = $1', [id]);
  const { receiver: other } = await hook(app.url, undefined, { events: ['engagement:created'] });
  await like(await liveCampaign(app.url), 1);
  await other.until(1);
  await eventually(() => expect(receiver.received).toHaveLength(heard), { within: 1_000 });
});
