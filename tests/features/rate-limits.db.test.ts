import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { commenting, letThrough, liking, limitHeadersOf } from './rate-limits.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let id: number;
let nextUser = 100;
const somebody = (): Promise<Api> => user(app.url, nextUser++);
// Three times the default window, so that a slow machine sees no two.
beforeAll(async () => {
  app = await startApp({
    RATE_LIMITS: 'on',
    RATE_LIMIT_REACTIONS: '10/3s',
    RATE_LIMIT_EDITS: '10/3s',
    CORS_ORIGINS: 'https://page.example',
  });
  id = await liveCampaign(app.url);
});

describe('comments', () => {
  it('go five at once; the sixth is told when to come back, and is then taken under the same key', async () => {
    const as = await somebody();
    for (const left of [4, 3, 2, 1, 0]) {
      const reply = await commenting(as, id)(left);
      expect([reply.status, limitHeadersOf(reply)]).toEqual([
        201,
        {
          'ratelimit-policy': '"comments";q=5;w=60',
          ratelimit: expect.stringMatching(new RegExp(`^"comments";r=${left};t=[1-3]$`)),
          'ratelimit-limit': '5',
          'ratelimit-remaining': String(left),
          'ratelimit-reset': expect.stringMatching(/^[1-3]$/),
        },
      ]);
    }
    const send = () => as('POST', `/campaigns/${id}/comments`, { text: 'the sixth' }, { 'idempotency-key': 'sixth' });
    const refused = await send();
    expect(refusalOf(refused)).toBe('429 rate_limited');
    const { 'retry-after': wait, ...headers } = limitHeadersOf(refused);
    expect(wait).toMatch(/^[1-3]$/);
    expect(headers).toMatchObject({ ratelimit: `"comments";r=0;t=${wait}`, 'ratelimit-remaining': '0' });

    await sleep(Number(wait) * 1_000);
    const taken = await send();
    expect([taken.status, taken.body.text]).toEqual([201, 'the sixth']);
    const again = await send(); // its answer is kept, and costs nothing
    expect([again.status, again.body]).toEqual([201, taken.body]);
    expect(refusalOf(await as('POST', `/campaigns/${id}/comments`, { text: 'the seventh' }))).toBe('429 rate_limited');
  });

  it('ten at once under one key are one, and all hear so', async () => {
    const as = await somebody();
    const send = () => as('POST', `/campaigns/${id}/comments`, { text: 'once' }, { 'idempotency-key': 'one-of-ten' });
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await letThrough(8, commenting(as, id))).toBe(4);
  });

  it('of two people behind one address do not share a budget', async () => {
    for (const as of [await somebody(), await somebody()]) expect(await letThrough(8, commenting(as, id))).toBe(5);
  });

  it('that are refused leave no row', async () => {
    const here = await liveCampaign(app.url);
    await letThrough(20, commenting(await somebody(), here));
    const { rows } = await app.pool.query('select count(*)::int as n from campaign_engagement where campaign_id = $1', [
      here,
    ]);
    expect(rows).toEqual([{ n: 5 }]);
  });

  it('are not counted when they are wrong, or of nobody', async () => {
    const as = await somebody();
    const nobody = apiAs(app.url, null);
    for (let n = 0; n < 6; n++) {
      expect(limitHeadersOf(await nobody('POST', `/campaigns/${id}/comments`, { text: 'x' }))).toEqual({});
      const wrong = await as('POST', `/campaigns/${id}/comments`, { text: 7 });
      expect([refusalOf(wrong), limitHeadersOf(wrong)]).toEqual(['400 invalid_body', {}]);
    }
    expect(await letThrough(8, commenting(as, id))).toBe(5);
  });
});

describe('reactions', () => {
  it('go ten in a window on the short way and through Express, from one budget', async () => {
    const as = await somebody();
    const calls = [liking(as, id), () => as('PUT', `/campaigns/${id}/reactions/save?long=1`)];
    expect(await letThrough(30, (n) => (calls[n % 2] ?? liking(as, id))())).toBe(10);
    const [short, long] = await Promise.all(calls.map((call) => call()));
    expect([short, long].map((reply) => reply && refusalOf(reply))).toEqual(['429 rate_limited', '429 rate_limited']);
    expect(short && Object.keys(limitHeadersOf(short))).toEqual(long && Object.keys(limitHeadersOf(long)));
    expect(short && limitHeadersOf(short)).toMatchObject({
      'ratelimit-policy': '"reactions";q=10;w=3',
      'retry-after': expect.stringMatching(/^[1-3]$/),
    });
    await sleep(3_000);
    expect((await liking(as, id)()).status).toBe(200);
  });

  it('are likes of comments and shares too; comments have their own', async () => {
    const as = await somebody();
    const comment = await commenting(as, id)(0);
    const calls = [
      () => as('PUT', `/comments/${comment.body.id}/like`),
      () => as('DELETE', `/comments/${comment.body.id}/like`),
      () => as('DELETE', `/campaigns/${id}/reactions/like`),
      () => as('POST', `/campaigns/${id}/shares`, {}),
    ];
    expect(await letThrough(16, (n) => (calls[n % 4] ?? liking(as, id))())).toBe(10);
    expect((await commenting(as, id)(1)).status).toBe(201);
  });
});

it('edits and deletions of comments share a budget of their own', async () => {
  const as = await somebody();
  const { body } = await commenting(as, id)(0);
  const edit = (n: number) => as('PATCH', `/comments/${body.id}`, { text: `edit ${n}`, revision: n + 1 });
  for (let n = 0; n < 4; n++) expect((await edit(n)).status).toBe(200);
  expect(await letThrough(12, () => as('DELETE', `/comments/${body.id}`))).toBe(6);
  expect((await commenting(as, id)(1)).status).toBe(201);
});

it('reads and impressions have no limit', async () => {
  const as = await somebody();
  const view = () => ({ eventId: crypto.randomUUID(), placement: 'widget', sessionId: 's1' });
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      n % 2 ? as('GET', `/campaigns/${id}/comments`) : as('POST', `/campaigns/${id}/impressions`, view()),
    ),
  );
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 201]));
  for (const reply of replies) expect(limitHeadersOf(reply)).toEqual({});
});

it('a page of another origin may read the headers', async () => {
  const as = await somebody();
  const reply = await as('PUT', `/campaigns/${id}/reactions/like`, undefined, { origin: 'https://page.example' });
  const exposed = reply.headers.get('access-control-expose-headers')?.toLowerCase().split(',');
  for (const name of ['retry-after', ...Object.keys(limitHeadersOf(reply))]) expect(exposed).toContain(name);
  expect(Object.keys(limitHeadersOf(reply))).toHaveLength(5);
});

it('refusals are counted by their policy', async () => {
  const count = async () => {
    const { values } = await app.metrics.rateLimited.get();
    return values.find(({ labels }) => labels.policy === 'reactions')?.value ?? 0;
  };
  const before = await count();
  await letThrough(13, liking(await somebody(), id));
  expect(await count()).toBe(before + 3);
});

it('another limit is a matter of configuration, and RATE_LIMITS=off lifts them all', async () => {
  const strict = await startApp({ RATE_LIMITS: 'on', RATE_LIMIT_COMMENTS: '2/m', RATE_LIMIT_REACTIONS: '1/h' });
  const here = await liveCampaign(strict.url);
  expect(await letThrough(5, commenting(await user(strict.url, 1), here))).toBe(2);
  const like = liking(await user(strict.url, 1), here);
  await like();
  expect(limitHeadersOf(await like())).toMatchObject({ 'retry-after': expect.stringMatching(/^3(600|5\d\d)$/) });

  const free = await startApp({ databaseUrl: strict.databaseUrl, RATE_LIMITS: 'off' });
  const as = await user(free.url, 1);
  expect([await letThrough(20, commenting(as, here)), await letThrough(40, liking(as, here))]).toEqual([20, 40]);
  expect(limitHeadersOf(await liking(as, here)())).toEqual({});
});
