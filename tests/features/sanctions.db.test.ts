import { beforeAll, expect, it } from 'vitest';
import { sanctionSchema } from '../../server/contract/sanction.ts';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { moderator } from './moderators.ts';
import { verdicts } from './refusals.ts';

let app: TestApp;
let desk: Api;
let campaignId: number;
let other: number;
let nextUser = 2_000;
beforeAll(async () => {
  app = await startApp();
  desk = await moderator(app.url);
  campaignId = await liveCampaign(app.url);
  other = await liveCampaign(app.url);
});

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const somebody = async () => {
  const id = nextUser++;
  return { id, as: await user(app.url, id, `User ${id}`), path: `/moderation/users/${id}/sanctions` };
};
/** Every write that is a user's engagement, in this campaign, on a comment of somebody else and on one of their own. */
const writes = (as: Api, campaign: number, others: number, own: number) =>
  verdicts({
    comment: () => as('POST', `/campaigns/${campaign}/comments`, { text: 'x' }),
    edit: () => as('PATCH', `/comments/${own}`, { text: `${Math.random()}`, revision: 1 }),
    like: () => as('PUT', `/campaigns/${campaign}/reactions/like`),
    unlike: () => as('DELETE', `/campaigns/${campaign}/reactions/like`),
    'like of a comment': () => as('PUT', `/comments/${others}/like`),
    share: () => as('POST', `/campaigns/${campaign}/shares`, {}),
    flag: () => as('POST', `/comments/${others}/flags`, { reason: 'spam' }),
    read: () => as('GET', `/campaigns/${campaign}/comments`),
  });
async function world() {
  const one = await somebody();
  const alice = await user(app.url, 11, 'Alice');
  const others = (await alice('POST', `/campaigns/${campaignId}/comments`, { text: 'a' })).body.id;
  const own = (await one.as('POST', `/campaigns/${campaignId}/comments`, { text: 'b' })).body.id;
  return { ...one, others, own };
}
const free = {
  comment: '201',
  edit: '200',
  like: '201',
  unlike: '200',
  'like of a comment': '201',
  share: '201',
  flag: '201',
  read: '200',
};

it('a muted user writes and edits no comment, and does everything else', async () => {
  const { as, path, others, own } = await world();
  expect((await desk('POST', path, { kind: 'mute', reason: 'abusive' })).status).toBe(201);
  expect(await writes(as, campaignId, others, own)).toEqual({ ...free, comment: '403 muted', edit: '403 muted' });
});

it('a suspended or banned user engages with nothing, reads everything, and what they wrote stays', async () => {
  for (const [kind, code] of [
    ['suspend', '403 suspended'],
    ['ban', '403 banned'],
  ]) {
    const { as, path, others, own } = await world();
    await desk('POST', path, { kind, reason: 'abusive', until: kind === 'suspend' ? inAnHour() : undefined });
    const refused = Object.fromEntries(Object.keys(free).map((write) => [write, code]));
    expect(await writes(as, campaignId, others, own)).toEqual({ ...refused, read: '200' });
    expect((await apiAs(app.url, null)('GET', `/comments/${own}`)).body).toMatchObject({ text: 'b' });
  }
});

it('the refusal says which sanction, why and until when', async () => {
  const { as, path } = await somebody();
  const until = inAnHour();
  const { body } = await desk('POST', path, { kind: 'suspend', reason: 'spam', explanation: 'Third time.', until });
  const { body: problem } = await as('PUT', `/campaigns/${campaignId}/reactions/like`);
  expect(problem).toMatchObject({ code: 'suspended', sanctionId: body.id, reason: 'spam', explanation: 'Third time.' });
  expect(Date.parse(problem.until)).toBe(Date.parse(until));
});

it('a sanction of one campaign holds there alone', async () => {
  const { as, path } = await somebody();
  await desk('POST', path, { kind: 'ban', reason: 'spam', campaignId });
  const write = (id: number) => () => as('POST', `/campaigns/${id}/comments`, { text: 'x' });
  expect(await verdicts({ there: write(campaignId), elsewhere: write(other) })).toEqual({
    there: '403 banned',
    elsewhere: '201',
  });
});

it('a lifted one ceases to hold at once, and lifting it again finds none', async () => {
  const { as, path } = await somebody();
  const like = () => as('PUT', `/campaigns/${campaignId}/reactions/like`);
  const lift = (kind: string, query = '') => desk('DELETE', `${path}?kind=${kind}${query}`);
  await desk('POST', path, { kind: 'ban', reason: 'spam' });
  await desk('POST', path, { kind: 'ban', reason: 'spam', campaignId });
  expect((await lift('ban')).body).toMatchObject({ kind: 'ban', inForce: false, liftedBy: 700 });
  expect((await like()).status).toBe(403); // The campaign's own still holds.
  await lift('ban', `&campaignId=${campaignId}`);
  expect((await like()).status).toBe(201);
  expect(await verdicts({ again: () => lift('ban'), 'never given': () => lift('mute') })).toEqual({
    again: '404 unknown_sanction',
    'never given': '404 unknown_sanction',
  });
});

it('one that is over ceases to hold by itself', async () => {
  const { id, as, path } = await somebody();
  await desk('POST', path, { kind: 'suspend', reason: 'spam', until: inAnHour() });
  await app.pool.query(`update user_sanction set until = clock_timestamp() where user_id = $1`, [id]);
  expect((await as('PUT', `/campaigns/${campaignId}/reactions/like`)).status).toBe(201);
});

it('a second one of a kind takes the place of the first, and both stay in the history with their lines', async () => {
  const { id, as, path } = await somebody();
  const first = await desk('POST', path, { kind: 'suspend', reason: 'spam', until: inAnHour() });
  const until = new Date(Date.now() + 86_400_000).toISOString();
  await desk('POST', path, { kind: 'suspend', reason: 'abusive', until });
  await desk('DELETE', `${path}?kind=suspend`);
  const { body } = await desk('GET', `/moderation/users/${id}`);
  expect(body.sanctions).toEqual([]);
  expect(body.history.map(({ reason }: { reason: string }) => reason)).toEqual(['abusive', 'spam']);
  expect(body.history[1]).toMatchObject({ id: first.body.id, inForce: false, by: { id: 700 } });
  expect(body.log.map(({ action }: { action: string }) => action)).toEqual(['lift', 'suspend', 'suspend']);
  const mine = (await as('GET', '/me/sanctions')).body.items;
  expect(mine).toHaveLength(2);
  for (const one of mine) expect(sanctionSchema.strict().parse(one)).toEqual(one); // and not by whom
});

it('a sanction of an unknown kind, without an end, with one in the past or of no campaign is refused; others hear 403', async () => {
  const { as, path } = await somebody();
  const post =
    (body: unknown, by = desk) =>
    () =>
      by('POST', path, body);
  expect(
    await verdicts({
      kind: post({ kind: 'shadow', reason: 'spam' }),
      reason: post({ kind: 'mute' }),
      end: post({ kind: 'suspend', reason: 'spam' }),
      past: post({ kind: 'suspend', reason: 'spam', until: '2020-01-01T00:00:00Z' }),
      campaign: post({ kind: 'mute', reason: 'spam', campaignId: 999_999 }),
      user: post({ kind: 'shadow' }, as),
      'a user who reads': () => as('GET', '/moderation/users/1'),
      stranger: post({}, apiAs(app.url, null)),
    }),
  ).toEqual({
    kind: '400 invalid_body',
    reason: '400 invalid_body',
    end: '400 invalid_body',
    past: '400 invalid_body',
    campaign: '404 unknown_campaign',
    user: '403 forbidden',
    'a user who reads': '403 forbidden',
    stranger: '401 unauthenticated',
  });
});
