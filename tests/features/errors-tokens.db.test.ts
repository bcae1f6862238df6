import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiAs, liveCampaign } from '../support/api.ts';
import { secret, startApp, type TestApp, token } from '../support/app.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let id: number;
beforeAll(async () => {
  app = await startApp();
  id = await liveCampaign(app.url);
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = Math.floor(Date.now() / 1000);
const claims = { sub: '11', roles: ['user'], exp: now + 3_600 };

/** A token by hand, so that it may say what no library would sign. */
function handmade(payload: object, header: object = { alg: 'HS256' }, key: string = secret): string {
  const signed = `${part(header)}.${part(payload)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
const saying = (change: object) => handmade({ ...claims, ...change });

/** What a public read, a read of one's own and a write answer to this header. */
async function heard(authorization: string): Promise<string[]> {
  const as = apiAs(app.url, null);
  const replies = [
    await as('GET', `/campaigns/${id}`, undefined, { authorization }),
    await as('GET', '/me/engagement', undefined, { authorization }),
    await as('PUT', `/campaigns/${id}/reactions/like`, undefined, { authorization }),
    await as('POST', '/impressions', { events: [] }, { authorization }),
  ];
  return replies.map((reply) => (reply.status < 400 ? 'welcome' : refusalOf(reply)));
}
const everywhere = (verdict: string) => Array(4).fill(verdict);

describe('a token that is not good is 401 everywhere, also where none is needed', () => {
  it.each<[string, () => string]>([
    ['of another secret', () => handmade(claims, { alg: 'HS256' }, 'another secret, as long as ours')],
    ['of no algorithm', () => `${part({ alg: 'none' })}.${part(claims)}.`],
    ['of no algorithm, signed all the same', () => handmade(claims, { alg: 'none' })],
    ['of another algorithm', () => handmade(claims, { alg: 'HS512' })],
    ['with a critical header nobody knows', () => handmade(claims, { alg: 'HS256', crit: ['x'], x: 1 })],
    [
      'whose payload was changed',
      () => handmade(claims).replace(/\.[^.]+\./, `.${part({ ...claims, roles: ['admin'] })}.`),
    ],
    ['without a sub', () => saying({ sub: undefined })],
    ['with a name for a sub', () => saying({ sub: 'alice' })],
    ['with sub 0', () => saying({ sub: '0' })],
    ['with a negative sub', () => saying({ sub: '-1' })],
    ['with sub 2^53', () => saying({ sub: '9007199254740992' })],
    ['with a list for a sub', () => saying({ sub: ['11'] })],
    ['without roles', () => saying({ roles: undefined })],
    ['with one role that is no list', () => saying({ roles: 'admin' })],
    ['with a role nobody knows', () => saying({ roles: ['user', 'king'] })],
    ['with roles as an object', () => saying({ roles: { 0: 'admin' } })],
    ['not valid yet', () => saying({ nbf: now + 600 })],
    ['whose end is no number', () => saying({ exp: 'never' })],
    ['that is no token', () => 'garbage'],
    ['that is three dots', () => '...'],
    ['that is no JSON', () => 'e30.e30.e30'],
  ])('%s', async (_, make) => {
    expect(await heard(`Bearer ${make()}`)).toEqual(everywhere('401 invalid_token'));
  });

  it('expired, on the second', async () => {
    expect(await heard(`Bearer ${saying({ exp: now - 1 })}`)).toEqual(everywhere('401 token_expired'));
    expect(await heard(`Bearer ${await token(11, {}, '-1s')}`)).toEqual(everywhere('401 token_expired'));
  });

  it.each(['', 'Bearer', 'Bearer ', 'Basic YTpi', 'bearer a b', 'Token x', `Bearer: ${'x'.repeat(20)}`])(
    'the header %j',
    async (header) => {
      expect(await heard(header)).toEqual(everywhere('401 invalid_token'));
    },
  );
});

describe('a good token', () => {
  it('speaks for its user, however the scheme is written', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect(await heard(`${scheme} ${saying({})}`)).toEqual(everywhere('welcome'));
    }
    for (const sub of ['1', '9007199254740991']) {
      expect(await heard(`Bearer ${saying({ sub })}`)).toEqual(everywhere('welcome'));
    }
  });

  it('may carry a name and numbers that make no sense: they are passed over', async () => {
    const odd = { name: { first: 'A' }, profile_id: 'x', profile_type: 5, advertiser_id: -1 };
    expect(await heard(`Bearer ${saying(odd)}`)).toEqual(everywhere('welcome'));
    const as = apiAs(app.url, saying(odd));
    const { body } = await as('POST', `/campaigns/${id}/comments`, { text: 'hello' });
    expect(body.author).toEqual({ id: 11, name: 'user 11', profileType: null });
    const seller = apiAs(app.url, saying({ ...odd, roles: ['advertiser'] }));
    expect(refusalOf(await seller('POST', '/campaigns', { name: 'x' }))).toBe('403 forbidden');
  });
});
