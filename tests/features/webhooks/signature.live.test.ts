import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { beforeAll, expect, it } from 'vitest';
import { type Api, advertiser } from '../../support/api.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { type Received, startReceiver } from '../../support/receiver.ts';

let app: TestApp;
let owner: Api;
beforeAll(async () => {
  app = await startApp({ WEBHOOK_ALLOW_PRIVATE: '1' });
  owner = await advertiser(app.url, 5);
});

/** By the words of the specification alone: base64 of HMAC-SHA256 over `id.timestamp.body`, the key after `whsec_`. */
const signatureOf = ({ id, headers, body }: Received, secret: string) =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${id}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')}`;

async function pinged() {
  const receiver = await startReceiver();
  const { body: endpoint } = await owner('POST', '/webhook-endpoints', { url: receiver.url });
  const ping = () => owner('POST', `/webhook-endpoints/${endpoint.id}/ping`);
  return { receiver, endpoint, ping };
}

it('a ping is signed as the specification says, by its own library and by hand', async () => {
  const { receiver, endpoint, ping } = await pinged();
  expect(endpoint.secret).toMatch(/^whsec_/);
  expect(Buffer.from(endpoint.secret.slice(6), 'base64').length).toBeGreaterThanOrEqual(24);
  const { status, body: delivery } = await ping();
  const [message] = (await receiver.until(1)) as [Received];
  expect({ status, id: message.id, type: message.json.type }).toEqual({
    status: 202,
    id: delivery.messageId,
    type: 'ping',
  });
  expect(Math.abs(Number(message.headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(60);
  expect(message.headers['webhook-signature']).toBe(signatureOf(message, endpoint.secret));
  expect(message.headers['content-type']).toBe('application/json');
  const headers = message.headers as Record<string, string>;
  expect(new Webhook(endpoint.secret).verify(message.body, headers)).toEqual(message.json);
  expect(() => new Webhook(endpoint.secret).verify(`${message.body} `, headers)).toThrow('No matching signature');
});

it('while a secret is being replaced both sign, the new one first, and never more than two', async () => {
  const { receiver, endpoint, ping } = await pinged();
  const secrets = [endpoint.secret];
  for (let round = 1; round <= 2; round++) {
    const { status, body } = await owner('POST', `/webhook-endpoints/${endpoint.id}/secrets`);
    expect(status).toBe(201);
    expect(new Date(body.previousValidUntil).getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    secrets.unshift(body.secret);
    await ping();
    const message = (await receiver.until(round)).at(-1) as Received;
    const both = secrets.slice(0, 2).map((secret) => signatureOf(message, secret));
    expect(message.headers['webhook-signature']).toBe(both.join(' '));
  }
  expect(new Set(secrets).size).toBe(3);
});

it('a secret whose day is over signs no more', async () => {
  const { receiver, endpoint, ping } = await pinged();
  const { body } = await owner('POST', `/webhook-endpoints/${endpoint.id}/secrets`);
  await app.pool.query(
    'update webhook_secret set expires_at = now() where expires_at is not null and endpoint_id = $1',
    [endpoint.id],
  );
  await ping();
  const [message] = (await receiver.until(1)) as [Received];
  expect(message.headers['webhook-signature']).toBe(signatureOf(message, body.secret));
});

it('no GET shows a secret, nor a response that tells it', async () => {
  let told = '';
  const receiver = await startReceiver((_, response) => response.writeHead(200).end(`my secret is ${told}`));
  const { body: endpoint } = await owner('POST', '/webhook-endpoints', { url: receiver.url });
  told = endpoint.secret;
  await owner('POST', `/webhook-endpoints/${endpoint.id}/ping`);
  await receiver.until(1);
  const read = async (path: string) => JSON.stringify((await owner('GET', path)).body);
  const shown = [await read('/webhook-endpoints'), await read(`/webhook-endpoints/${endpoint.id}`)];
  shown.push(await read(`/webhook-endpoints/${endpoint.id}/deliveries`));
  expect(shown.filter((text) => text.includes(told.slice('whsec_'.length)))).toEqual([]);
});
