import { beforeAll, expect, it } from 'vitest';
import { noticeSchema } from '../../server/contract/rights.ts';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import type { Untyped } from '../support/untyped.ts';
import { moderator } from './moderators.ts';
import { verdicts } from './refusals.ts';

let app: TestApp;
let alice: Api;
let anybody: Api;
let desk: Api;
let campaignId: number;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  anybody = apiAs(app.url, null);
  desk = await moderator(app.url);
  campaignId = await liveCampaign(app.url);
});

const write = async () => (await alice('POST', `/campaigns/${campaignId}/comments`, { text: 'x' })).body.id;
const notice = { explanation: 'It insults me.', law: 'Section 185 StGB', email: 'eve@example.org', goodFaith: true };
const notify = (id: number, body: unknown = notice, as = anybody) => as('POST', `/comments/${id}/notices`, body);
const decide = (id: number, action: string) =>
  desk('POST', `/moderation/notices/${id}/decision`, { action, explanation: 'Seen.' });

it('anybody notifies, named or not, and only in good faith', async () => {
  const id = await write();
  expect(
    await verdicts({
      stranger: () => notify(id, { explanation: 'Look.', goodFaith: true }),
      'a user': () => notify(id, notice, alice),
      'in no good faith': () => notify(id, { ...notice, goodFaith: false }),
      'no address': () => notify(id, { ...notice, email: 'eve' }),
      'no comment': () => notify(999_999),
    }),
  ).toEqual({
    stranger: '201',
    'a user': '201',
    'in no good faith': '400 invalid_body',
    'no address': '400 invalid_body',
    'no comment': '404 unknown_comment',
  });
});

it('an upheld notice rejects the comment as illegal, and the log has no word of who notified', async () => {
  const id = await write();
  const { body } = await notify(id);
  const { body: upheld } = await decide(body.id, 'uphold');
  expect(noticeSchema.strict().parse(upheld)).toMatchObject({ status: 'upheld', decidedBy: 700, outcome: 'Seen.' });
  expect((await anybody('GET', `/comments/${id}`)).body).toMatchObject({
    text: null,
    removed: { by: 'moderator', reason: 'illegal' },
  });
  const { rows } = await app.pool.query('select * from moderation_log where comment_id = $1 order by id', [id]);
  expect(rows.map(({ action, reason }) => [action, reason])).toEqual([
    ['notice', 'illegal'],
    ['uphold', 'illegal'],
    ['reject', 'illegal'],
  ]);
  expect(rows[2].id).toBe(upheld.decisionId);
  expect(JSON.stringify(rows)).not.toMatch(/eve|insults/);
  expect((await decide(body.id, 'dismiss')).body.code).toBe('already_decided');
});

it('a dismissed one leaves the comment', async () => {
  const id = await write();
  const { body } = await notify(id);
  expect((await decide(body.id, 'dismiss')).body).toMatchObject({ status: 'dismissed', decisionId: null });
  expect((await anybody('GET', `/comments/${id}`)).body.text).toBe('x');
});

it('a second notice of a rejected comment is upheld by the decision that stands', async () => {
  const id = await write();
  const [one, two] = [(await notify(id)).body.id, (await notify(id)).body.id];
  const { decisionId } = (await decide(one, 'uphold')).body;
  expect((await decide(two, 'uphold')).body.decisionId).toBe(decisionId);
});

it('moderators alone read the notices', async () => {
  const { body } = await desk('GET', '/moderation/notices?status=upheld');
  expect(body.items.length).toBeGreaterThan(0);
  for (const one of body.items as Untyped[]) expect(noticeSchema.strict().parse(one).status).toBe('upheld');
  expect([
    (await anybody('GET', '/moderation/notices')).status,
    (await alice('GET', '/moderation/notices')).status,
  ]).toEqual([401, 403]);
});

it('a stranger’s notices are limited by address', async () => {
  const limited = await startApp({ databaseUrl: app.databaseUrl, RATE_LIMITS: 'on', RATE_LIMIT_NOTICES: '2/h' });
  const id = await write();
  const statuses = [];
  for (let n = 0; n < 3; n++) statuses.push((await notify(id, notice, apiAs(limited.url, null))).status);
  expect(statuses).toEqual([201, 201, 429]);
});
