import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { refusalOf, verdictOf } from './refusals.ts';

let app: TestApp;
let alice: Api;
let anybody: Api;
let id: number;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  anybody = apiAs(app.url, null);
  id = await liveCampaign(app.url);
});

describe('an address', () => {
  it('that is unknown is 404, one that does not take the method is 405 and says which it takes', async () => {
    for (const path of ['', '/', '/nowhere', '/campaigns/1/nowhere', '/campaigns/1/reactions', '/%00', '/%zz']) {
      for (const method of ['GET', 'POST', 'DELETE'])
        expect(refusalOf(await alice(method, path))).toBe('404 not_found');
    }
    const refused = await alice('DELETE', `/campaigns/${id}`);
    expect([refusalOf(refused), refused.headers.get('allow')]).toEqual(['405 method_not_allowed', 'GET, PATCH']);
    const reaction = await alice('POST', `/campaigns/${id}/reactions/like`, {});
    expect([refusalOf(reaction), reaction.headers.get('allow')]).toEqual(['405 method_not_allowed', 'PUT, DELETE']);
  });

  it.each([
    'abc',
    '0',
    '-1',
    '1.5',
    '9007199254740992',
    '1e3',
    '0x1',
    ' 1',
    '%zz',
    '1%00',
    '１',
    '99999999999999999999',
  ])('with %j for an id is 400', async (bad) => {
    const at = encodeURI(bad).replace('%25', '%');
    for (const reply of [
      await anybody('GET', `/campaigns/${at}`),
      await anybody('GET', `/campaigns/${at}/comments`),
      await anybody('GET', `/comments/${at}`),
      await alice('PUT', `/campaigns/${at}/reactions/like`),
      await alice('POST', `/campaigns/${at}/comments`, { text: 'x' }),
      await alice('PUT', `/comments/${at}/like`),
      await anybody('POST', `/campaigns/${at}/impressions`, {}),
    ]) {
      expect(refusalOf(reply)).toBe('400 invalid_id');
    }
    expect(verdictOf(await anybody('GET', '/campaigns/9007199254740991'))).toBe('404 unknown_campaign');
  });
});

describe('a list', () => {
  it('has 1 to 100 items a page: 101 is taken as 100, and what is no number is 400', async () => {
    const full = await liveCampaign(app.url);
    await app.pool.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       select $1, 11, 'comment', 'number ' || n from generate_series(1, 120) n`,
      [full],
    );
    const lists = [`/campaigns/${full}/comments`, '/me/engagement'];
    for (const path of lists) {
      for (const [limit, items] of [
        [1, 1],
        [99, 99],
        [100, 100],
        [101, 100],
        [999_999_999, 100],
      ] as const) {
        const { body } = await alice('GET', `${path}?limit=${limit}`);
        expect([body.items.length, typeof body.nextCursor]).toEqual([items, 'string']);
      }
    }
    for (const path of [...lists, '/campaigns']) {
      for (const limit of ['0', '-1', 'abc', '1.5', '', '1e1', '5&limit=6']) {
        expect(refusalOf(await alice('GET', `${path}?limit=${limit}`))).toBe('400 invalid_query');
      }
      const crafted = [
        {},
        { id: 0 },
        { id: 'x' },
        [],
        null,
        { sort: 'newest', parent: null, likes: 0, at: 'x', id: 1 },
      ];
      const years = ['0000-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000+20:00'].map((at) => ({
        ...crafted[5],
        at,
      }));
      const encoded = [...crafted, ...years].map((keyset) => Buffer.from(JSON.stringify(keyset)).toString('base64url'));
      for (const cursor of ['x', '', '!!', ...encoded]) {
        const reply = await alice('GET', `${path}?cursor=${cursor}`);
        if (reply.status !== 200) expect(refusalOf(reply)).toBe('400 invalid_cursor');
        else expect([path, cursor]).toEqual([expect.stringMatching(/me|campaigns$/), expect.stringMatching(/.{60}/)]);
      }
      expect(refusalOf(await alice('GET', `${path}?cursor=${'x'.repeat(501)}`))).toBe('400 invalid_query');
    }
  });
});

it('a failure of ours is 500, says that something failed and what to ask for, and never its cause', async () => {
  const broken = await startApp();
  const api = await user(broken.url, 11);
  const campaign = await liveCampaign(broken.url);
  await broken.pool.query('drop function list_comments, add_shares cascade');
  for (const reply of [
    await api('GET', `/campaigns/${campaign}/comments`, undefined, { 'x-request-id': 'asked-for-12' }),
    await api('POST', `/campaigns/${campaign}/shares`, { channel: 'mail' }, { 'x-request-id': 'asked-for-12' }),
  ]) {
    expect(refusalOf(reply)).toBe('500 internal');
    expect(reply.body).toEqual({
      type: '/docs/problems#internal',
      title: 'Something failed on our side',
      status: 500,
      detail: 'Something failed on our side',
      code: 'internal',
      requestId: 'asked-for-12',
    });
  }
  expect((await api('PUT', `/campaigns/${campaign}/reactions/like`)).status).toBe(201);
});

it('each answer has a request id of its own, or the one a proxy gave it', async () => {
  const idOf = async (given?: string) => {
    const headers: Record<string, string> = given === undefined ? {} : { 'x-request-id': given };
    return (await anybody('GET', '/nowhere', undefined, headers)).body.requestId;
  };
  expect(await idOf('trace.12-ab_c')).toBe('trace.12-ab_c');
  const made = [
    await idOf(),
    await idOf(),
    await idOf('short'),
    await idOf('x'.repeat(65)),
    await idOf('<script>alert'),
  ];
  for (const requestId of made) expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(made).size).toBe(made.length);
});
