import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, admin, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let alice: Api;
let bob: Api;
beforeAll(async () => {
  app = await startApp({ DEMO: '1' });
  alice = await user(app.url, 11, 'Alice');
  bob = await user(app.url, 12, 'Bob');
});

const newKey = () => ({ 'idempotency-key': crypto.randomUUID() });
const typesOf = async (id: number) => {
  const { rows } = await app.pool.query<{ type: string }>(
    'select engagement_type as type from campaign_engagement where campaign_id = $1 order by id',
    [id],
  );
  return rows.map(({ type }) => type);
};

describe('a key', () => {
  it.each([
    ['shares', 'share', { channel: 'mail' }, { channel: 'chat' }],
    ['comments', 'comment', { text: 'hello' }, { text: 'goodbye' }],
  ])(
    'sent ten times at once with one of the %s makes one row and ten equal answers',
    async (path, type, body, other) => {
      const id = await liveCampaign(app.url);
      const key = newKey();
      const send = (what: object, as = alice) => as('POST', `/campaigns/${id}/${path}`, what, key);
      const replies = await Promise.all(Array.from({ length: 10 }, () => send(body)));
      const [first] = replies;
      for (const reply of replies) expect([reply.status, reply.body]).toEqual([201, first?.body]);
      expect(await typesOf(id)).toEqual([type]);

      const late = await send(body);
      expect([late.status, late.body]).toEqual([201, first?.body]);
      expect(refusalOf(await send(other))).toBe('422 idempotency_mismatch');
      expect(await typesOf(id)).toEqual([type]);
      const second = await send(body, bob);
      expect([second.status, second.body.id === first?.body.id]).toEqual([201, false]);
      expect(await typesOf(id)).toEqual([type, type]);
    },
  );

  it('is compared by what the body says, not by how it is written', async () => {
    const path = `/campaigns/${await liveCampaign(app.url)}/comments`;
    const headers = { ...newKey(), 'content-type': 'application/json' };
    const first = await alice('POST', path, '{"text":"hello"}', headers);
    const again = await alice('POST', path, ' { "text" : "hell\\u006f" } ', headers);
    expect([again.status, again.body]).toEqual([201, first.body]);
  });

  it('of one address is another key at another', async () => {
    const [here, there] = [await liveCampaign(app.url), await liveCampaign(app.url)];
    const key = newKey();
    for (const id of [here, there]) await alice('POST', `/campaigns/${id}/comments`, { text: 'hello' }, key);
    await alice('POST', `/campaigns/${here}/shares`, {}, key);
    expect([await typesOf(here), await typesOf(there)]).toEqual([['comment', 'share'], ['comment']]);
  });

  it('whose write was refused may be used again', async () => {
    const id = await liveCampaign(app.url);
    const key = newKey();
    const post = (body: object) => alice('POST', `/campaigns/${id}/comments`, body, key);
    expect(refusalOf(await post({ text: '' }))).toBe('400 invalid_body');
    expect(refusalOf(await post({ text: 'hello', parentId: 999_999_999 }))).toBe('404 unknown_parent');
    expect((await post({ text: 'hello' })).status).toBe(201);
    expect(await typesOf(id)).toEqual(['comment']);
  });

  it.each([' ', 'a b', 'é', 'x'.repeat(201)])('has 1 to 200 visible characters: %j is 400', async (value) => {
    const id = await liveCampaign(app.url);
    const key = { 'idempotency-key': value };
    const allowed = { 'idempotency-key': 'x'.repeat(200) };
    expect(refusalOf(await alice('POST', `/campaigns/${id}/shares`, {}, key))).toBe('400 invalid_idempotency_key');
    expect(refusalOf(await alice('PUT', `/campaigns/${id}/reactions/like`, undefined, key))).toMatch(/^400/);
    expect((await alice('POST', `/campaigns/${id}/shares`, {}, allowed)).status).toBe(201);
    expect(await typesOf(id)).toEqual(['share']);
  });
});

it('a key on a campaign’s creation or transition answers the same again', async () => {
  const root = await admin(app.url);
  const key = newKey();
  const made = await Promise.all(Array.from({ length: 10 }, () => root('POST', '/campaigns', { name: 'Once' }, key)));
  for (const reply of made) expect([reply.status, reply.body]).toEqual([201, made[0]?.body]);
  const { rows } = await app.pool.query(`select count(*) as made from campaign_profile where name = 'Once'`);
  expect(rows).toEqual([{ made: 1 }]);
  expect(refusalOf(await root('POST', '/campaigns', { name: 'Twice' }, key))).toBe('422 idempotency_mismatch');

  const submit = () => root('POST', `/campaigns/${made[0]?.body.id}/transitions`, { to: 'submitted' }, key);
  const [first, again] = [await submit(), await submit()];
  expect([again.status, again.body]).toEqual([200, first.body]);
});

it('a key on impressions answers the same again, and for another body 422', async () => {
  const anybody = apiAs(app.url, null);
  const id = await liveCampaign(app.url);
  const impression = () => ({ eventId: crypto.randomUUID(), placement: 'widget', sessionId: 's1' });
  const batch = { events: [{ type: 'impression', campaignId: id, ...impression() }] };
  for (const [path, body, other] of [
    [`/campaigns/${id}/impressions`, impression(), impression()],
    ['/impressions', batch, { events: [] }],
  ] as const) {
    const key = newKey();
    const [first, again] = [await anybody('POST', path, body, key), await anybody('POST', path, body, key)];
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(refusalOf(await anybody('POST', path, other, key))).toBe('422 idempotency_mismatch');
  }
});

it('a key on a demo sign-in gives the same token, and for another body 422', async () => {
  const anybody = apiAs(app.url, null);
  const key = newKey();
  const sign = (body: object) => anybody('POST', '/demo/tokens', body, key);
  const replies = await Promise.all([1, 2, 3].map(() => sign({ role: 'user' })));
  for (const reply of replies) expect([reply.status, reply.body]).toEqual([200, replies[0]?.body]);
  expect(refusalOf(await sign({ role: 'admin' }))).toBe('422 idempotency_mismatch');
});
