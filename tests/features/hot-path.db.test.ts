import { beforeAll, expect, it } from 'vitest';
import { apiAs, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';

let app: TestApp;
let id: number;
beforeAll(async () => {
  app = await startApp();
  id = await liveCampaign(app.url);
});

/** A query sends a request the long way, through Express; everything else about it stays the same. */
const theLongWay = '?long=1';

const headersOf = (headers: Headers) =>
  [...headers]
    .filter(
      ([name]) =>
        !['date', 'x-request-id', 'state-version', 'keep-alive', 'connection', 'content-length'].includes(name),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));

const cases: [
  what: string,
  method: string,
  path: (id: number) => string,
  headers?: Record<string, string>,
  signedIn?: false,
][] = [
  ['a like that is there', 'PUT', (c) => `/campaigns/${c}/reactions/like`],
  ['a save taken back', 'DELETE', (c) => `/campaigns/${c}/reactions/save`],
  ['an unknown type', 'PUT', (c) => `/campaigns/${c}/reactions/love`],
  ['a campaign that is not there', 'PUT', () => '/campaigns/999999/reactions/like'],
  ['an id that is none', 'PUT', () => '/campaigns/abc/reactions/like'],
  ['a comment that is not there', 'PUT', () => '/comments/999999/like'],
  ['nobody', 'PUT', (c) => `/campaigns/${c}/reactions/like`, {}, false],
  ['a bad token', 'PUT', (c) => `/campaigns/${c}/reactions/like`, { authorization: 'Bearer x' }],
  ['a bad key', 'PUT', (c) => `/campaigns/${c}/reactions/like`, { 'idempotency-key': 'x'.repeat(300) }],
];

it.each(cases)(
  '%s is answered the same on the short way and through Express',
  async (_what, method, path, headers = {}, signedIn) => {
    const as = apiAs(app.url, signedIn === false ? null : await token(5));
    await as(method, path(id), undefined, headers);
    const short = await as(method, path(id), undefined, headers);
    const long = await as(method, path(id) + theLongWay, undefined, headers);
    const { requestId: _short, ...shortBody } = short.body;
    const { requestId: _long, ...longBody } = long.body;
    expect({ status: short.status, headers: headersOf(short.headers), body: shortBody }).toEqual({
      status: long.status,
      headers: headersOf(long.headers),
      body: longBody,
    });
  },
);

it('a key used on the short way is known on the long one', async () => {
  const as = apiAs(app.url, await token(77));
  const key = { 'Idempotency-Key': 'one-act' };
  const first = await as('PUT', `/campaigns/${id}/reactions/like`, undefined, key);
  await as('DELETE', `/campaigns/${id}/reactions/like`);
  const again = await as('PUT', `/campaigns/${id}/reactions/like${theLongWay}`, undefined, key);
  expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
  expect((await as('GET', `/campaigns/${id}/engagement/me`)).body.like).toBe(false);
});
