import { beforeAll, expect, it } from 'vitest';
import type { Address, Resolve } from '../../../server/features/webhooks/resolve.ts';
import { createSender } from '../../../server/features/webhooks/send.ts';
import { type Api, admin, advertiser } from '../../support/api.ts';
import { startApp } from '../../support/app.ts';
import { eventually } from '../../support/poll.ts';
import { startReceiver } from '../../support/receiver.ts';
import { refusalOf, verdictOf } from '../refusals.ts';

const at = (...addresses: string[]): Address[] =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** What DNS says, to be changed while a test runs. */
const names = new Map<string, Address[]>();
const resolve: Resolve = async (host) => names.get(host) ?? [];

let owner: Api;
let root: Api;
beforeAll(async () => {
  const app = await startApp({}, { resolve });
  owner = await advertiser(app.url, 5);
  root = await admin(app.url);
});
const post = async (url: string) => verdictOf(await owner('POST', '/webhook-endpoints', { url }));

it.each([
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://169.254.169.254/latest/meta-data',
  'http://169.254.169.254/latest/meta-data',
  'https://localhost:8443/',
  'https://localhost./',
  'https://metadata.google.internal/',
])('%s is a private address, however it is written', async (url) => {
  expect(await post(url)).toBe('422 private_address');
});

it('a name is judged by all of its addresses', async () => {
  names.set('mixed.example', at('8.8.8.8', '10.0.0.1'));
  names.set('hidden.example', at('fd00::1'));
  names.set('public.example', at('8.8.8.8', '2606:4700::1111'));
  expect(await post('https://mixed.example/')).toBe('422 private_address');
  expect(await post('https://hidden.example/')).toBe('422 private_address');
  expect(await post('https://public.example/')).toBe('201');
});

it('plain http is refused, and a name that is not there yet is looked up when it is needed', async () => {
  names.set('public.example', at('8.8.8.8'));
  const refusal = await owner('POST', '/webhook-endpoints', { url: 'http://public.example/' });
  expect(refusalOf(refusal)).toBe('400 invalid_url');
  expect(await post('https://not-yet.example/')).toBe('201');
});

it('a name that is pointed to a private address after it was checked gets nothing', async () => {
  names.set('rebound.example', at('8.8.8.8'));
  const { body } = await owner('POST', '/webhook-endpoints', { url: 'https://rebound.example/' });
  names.set('rebound.example', at('127.0.0.1'));
  await owner('POST', `/webhook-endpoints/${body.id}/ping`);
  await eventually(
    async () => {
      const { body: page } = await owner('GET', `/webhook-endpoints/${body.id}/deliveries`);
      expect(page.items[0].attempts[0]).toMatchObject({ status: null, error: 'private_address', response: null });
    },
    { within: 10_000 },
  );
});

it('who made an endpoint is answered the same under its key, wherever its name leads by then', async () => {
  names.set('moved.example', at('8.8.8.8'));
  const make = () =>
    owner('POST', '/webhook-endpoints', { url: 'https://moved.example/' }, { 'idempotency-key': 'moved' });
  const first = await make();
  names.set('moved.example', at('10.0.0.1'));
  const again = await make();
  expect([again.status, again.body]).toEqual([201, first.body]);
});

it('and so is who set a rule that asks elsewhere', async () => {
  const secret = `whsec_${Buffer.from('x'.repeat(24)).toString('base64')}`;
  const { version } = (await root('GET', '/moderation/rules')).body;
  const body = { version, rules: { external: { mode: 'shadow', url: 'https://ruled.example/', secret } } };
  const set = () => root('PUT', '/moderation/rules', body, { 'idempotency-key': 'ruled' });
  names.set('ruled.example', at('8.8.8.8'));
  const first = await set();
  names.set('ruled.example', at('10.0.0.1'));
  const again = await set();
  expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
});

it('a connection goes to the address that was checked: DNS is asked once an attempt', async () => {
  const receiver = await startReceiver();
  const { port } = new URL(receiver.url);
  const answers = [at('127.0.0.1'), at('192.0.2.1')];
  let asked = 0;
  // The second answer would lead elsewhere; only private addresses are at hand for a real connection.
  const sender = createSender({ resolve: async () => answers[asked++] ?? [], allowPrivate: true, timeoutMs: 5_000 });
  const request = { headers: {}, body: '{"type":"ping"}', signal: new AbortController().signal };
  expect(await sender.send({ url: `http://pinned.example:${port}/`, ...request })).toMatchObject({ status: 204 });
  expect(asked).toBe(1);
  expect(receiver.received[0]?.headers.host).toBe(`pinned.example:${port}`);
  sender.close();
});

it('and a checked address that is private is not connected to', async () => {
  const receiver = await startReceiver();
  const { port } = new URL(receiver.url);
  const sender = createSender({ resolve: async () => at('127.0.0.1'), allowPrivate: false, timeoutMs: 5_000 });
  const request = { headers: {}, body: '{"type":"ping"}', signal: new AbortController().signal };
  expect(await sender.send({ url: `https://pinned.example:${port}/`, ...request })).toMatchObject({
    status: null,
    error: 'private_address',
  });
  expect(receiver.received).toEqual([]);
  sender.close();
});
