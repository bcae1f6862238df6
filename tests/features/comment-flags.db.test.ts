import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { setCommentState } from './campaign-in.ts';
import { verdicts } from './refusals.ts';

let app: TestApp;
let alice: Api;
let bob: Api;
let campaignId: number;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  bob = await user(app.url, 12, 'Bob');
  campaignId = await liveCampaign(app.url);
});

const write = async () => (await alice('POST', `/campaigns/${campaignId}/comments`, { text: 'x' })).body.id;
const flags = async (id: number) =>
  (await app.pool.query('select user_id, reason, note from comment_flag where comment_id = $1', [id])).rows;

it('a user flags a comment once, however often it is asked', async () => {
  const id = await write();
  const flag = (reason: string) => bob('POST', `/comments/${id}/flags`, { reason, note: ' look ' });
  const answers = await Promise.all(['spam', 'spam', 'spam', 'spam'].map(flag));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect((await flag('abusive')).body).toEqual(answers[0]?.body);
  expect(answers[0]?.body).toMatchObject({ commentId: id, reason: 'spam', note: 'look' });
  expect(await flags(id)).toEqual([{ user_id: 12, reason: 'spam', note: 'look' }]);
});

it('what is gone, unknown or not said properly is refused', async () => {
  const [shown, removed, held] = [await write(), await write(), await write()];
  await setCommentState(app, removed, 'removed');
  await setCommentState(app, held, 'pending');
  const flag = (as: Api, id: number | string, body: object = { reason: 'spam' }) =>
    as('POST', `/comments/${id}/flags`, body);
  expect(
    await verdicts({
      stranger: () => flag(apiAs(app.url, null), shown),
      removed: () => flag(bob, removed),
      held: () => flag(bob, held),
      unknown: () => flag(bob, 999_999),
      'no reason': () => flag(bob, shown, {}),
      'another reason': () => flag(bob, shown, { reason: 'boring' }),
      'a long note': () => flag(bob, shown, { reason: 'other', note: 'x'.repeat(1_001) }),
      'no id': () => flag(bob, 'x'),
    }),
  ).toEqual({
    stranger: '401 unauthenticated',
    removed: '409 comment_gone',
    held: '404 unknown_comment',
    unknown: '404 unknown_comment',
    'no reason': '400 invalid_body',
    'another reason': '400 invalid_body',
    'a long note': '400 invalid_body',
    'no id': '400 invalid_id',
  });
  expect(await flags(shown)).toEqual([]);
});

it('twenty flags a day, then 429 with how long to wait', async () => {
  const strict = await startApp({ RATE_LIMITS: 'on', RATE_LIMIT_COMMENTS: '1000/s' });
  const as = await user(strict.url, 11);
  const campaign = await liveCampaign(strict.url);
  const ids: number[] = [];
  for (let n = 0; n < 21; n++)
    ids.push((await as('POST', `/campaigns/${campaign}/comments`, { text: `${n}` })).body.id);
  const by = await user(strict.url, 12);
  const statuses = [];
  for (const id of ids) statuses.push((await by('POST', `/comments/${id}/flags`, { reason: 'spam' })).status);
  expect(statuses).toEqual([...Array(20).fill(201), 429]);
});
