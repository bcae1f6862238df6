import { beforeAll, expect, it } from 'vitest';
import { webhookEvents } from '../../../server/contract/webhook.ts';
import { type Api, admin, advertiser, apiAs, user } from '../../support/api.ts';
import { startApp, type TestApp, token } from '../../support/app.ts';
import { refusalOf, verdicts } from '../refusals.ts';

let app: TestApp;
let owner: Api;
let other: Api;
let root: Api;
beforeAll(async () => {
  app = await startApp({ WEBHOOK_ALLOW_PRIVATE: '1' });
  owner = await advertiser(app.url, 5);
  other = await advertiser(app.url, 6);
  root = await admin(app.url);
});

const url = 'http://127.0.0.1:9/hook';
const made = async (as = owner, fields = {}) => (await as('POST', '/webhook-endpoints', { url, ...fields })).body;

it('an endpoint is kept as it was made, and only its making shows the secret', async () => {
  const { secret, ...endpoint } = await made(owner, { events: ['comment:created'], ordered: true });
  expect(endpoint).toEqual({
    ...{ id: expect.any(Number), url, events: ['comment:created'], ordered: true, advertiserId: 5 },
    ...{ createdAt: expect.any(String), failingSince: null, disabledAt: null, disabledReason: null },
  });
  expect(secret).toMatch(/^whsec_[\w+/]{32,}=*$/);
  expect((await owner('GET', `/webhook-endpoints/${endpoint.id}`)).body).toEqual(endpoint);
  expect((await owner('GET', '/webhook-endpoints')).body.items).toContainEqual(endpoint);
});

it('without events an endpoint is told of all; each name that there is may be asked for', async () => {
  expect((await made()).events).toEqual([]);
  expect((await made(owner, { events: webhookEvents })).events).toEqual([...webhookEvents]);
});

it('another advertiser’s endpoint is not there for anybody but them and admins', async () => {
  const { id } = await made();
  const calls = (as: Api) => ({
    read: () => as('GET', `/webhook-endpoints/${id}`),
    deliveries: () => as('GET', `/webhook-endpoints/${id}/deliveries`),
    ping: () => as('POST', `/webhook-endpoints/${id}/ping`),
    rotate: () => as('POST', `/webhook-endpoints/${id}/secrets`),
    enable: () => as('POST', `/webhook-endpoints/${id}/enable`),
    remove: () => as('DELETE', `/webhook-endpoints/${id}`),
  });
  const all = (verdict: string) => Object.fromEntries(Object.keys(calls(other)).map((name) => [name, verdict]));
  expect(await verdicts(calls(other))).toEqual(all('404 unknown_endpoint'));
  expect((await other('GET', '/webhook-endpoints')).body.items.map((one: { id: number }) => one.id)).not.toContain(id);
  expect(await verdicts(calls(await user(app.url, 3)))).toEqual(all('403 forbidden'));
  expect(await verdicts(calls(apiAs(app.url, null)))).toEqual(all('401 unauthenticated'));
  expect(await verdicts(calls(root))).toEqual({ ...all('200'), ping: '202', rotate: '201' });
});

it('an advertiser makes endpoints for themselves, an admin for anybody or for all campaigns', async () => {
  expect(refusalOf(await owner('POST', '/webhook-endpoints', { url, advertiserId: 6 }))).toBe('403 forbidden');
  expect((await made(owner, { advertiserId: 5 })).advertiserId).toBe(5);
  expect((await made(root, { advertiserId: 6 })).advertiserId).toBe(6);
  expect((await made(root)).advertiserId).toBeNull();
  const nobody = apiAs(app.url, await token(4, { roles: ['advertiser'] }));
  expect(refusalOf(await nobody('POST', '/webhook-endpoints', { url }))).toBe('403 forbidden');
});

it.each([
  ['no URL', { url: 'hook' }, '400 invalid_url'],
  ['another scheme', { url: 'ftp://example.org/' }, '400 invalid_url'],
  ['a user in it', { url: 'http://me:secret@127.0.0.1/' }, '400 invalid_url'],
  ['a fragment', { url: 'http://127.0.0.1/#a' }, '400 invalid_url'],
  ['too long', { url: `http://127.0.0.1/${'a'.repeat(2_048)}` }, '400 invalid_body'],
  ['no url', {}, '400 invalid_body'],
  ['an unknown event', { url, events: ['comment:eaten'] }, '400 invalid_body'],
  ['another field', { url, secret: 'whsec_mine' }, '400 invalid_body'],
])('%s is refused', async (_, body, verdict) => {
  expect(refusalOf(await owner('POST', '/webhook-endpoints', body))).toBe(verdict);
});

it('an advertiser has 20 endpoints at most, also when many are made at once; a deleted one makes room', async () => {
  const as = await advertiser(app.url, 77);
  const replies = await Promise.all(Array.from({ length: 24 }, () => as('POST', '/webhook-endpoints', { url })));
  const refused = replies.filter(({ status }) => status !== 201);
  expect(refused.map(refusalOf)).toEqual(Array(4).fill('400 too_many_endpoints'));
  const { body } = await as('GET', '/webhook-endpoints?limit=100');
  expect(body.items).toHaveLength(20);
  expect((await as('DELETE', `/webhook-endpoints/${body.items[0].id}`)).status).toBe(200);
  expect((await as('POST', '/webhook-endpoints', { url })).status).toBe(201);
});

it('lists are paged', async () => {
  const as = await advertiser(app.url, 78);
  const ids = [await made(as), await made(as), await made(as)].map(({ id }) => id);
  const { body: first } = await as('GET', '/webhook-endpoints?limit=2');
  const { body: second } = await as('GET', `/webhook-endpoints?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.reverse());
  expect(second.nextCursor).toBeNull();
});

it('the same Idempotency-Key makes one endpoint and answers with its secret again', async () => {
  const as = await advertiser(app.url, 79);
  const post = () => as('POST', '/webhook-endpoints', { url }, { 'idempotency-key': 'once' });
  const [one, again] = [await post(), await post()];
  expect(again.body).toEqual(one.body);
  expect((await as('GET', '/webhook-endpoints')).body.items).toHaveLength(1);
});
