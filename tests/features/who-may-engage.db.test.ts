import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, admin, advertiser, apiAs, type Reply, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { campaignIn, hiddenStatuses } from './campaign-in.ts';
import { refusalOf, verdictOf, verdicts } from './refusals.ts';

const key = () => crypto.randomUUID();
const impression = () => ({ eventId: key(), placement: 'widget', sessionId: 's1' });

let app: TestApp;
let anybody: Api;
let stranger: Api;
const insiders: Record<string, Api> = {};
beforeAll(async () => {
  app = await startApp();
  anybody = apiAs(app.url, null);
  stranger = await advertiser(app.url, 6);
  insiders.owner = await advertiser(app.url, 5);
  insiders.moderator = apiAs(app.url, await token(21, { roles: ['moderator'] }));
  insiders.admin = await admin(app.url);
});

const reads = (as: Api, id: number): Record<string, () => Promise<Reply>> => ({
  campaign: () => as('GET', `/campaigns/${id}`),
  counts: () => as('GET', `/campaigns/${id}/engagement`),
  comments: () => as('GET', `/campaigns/${id}/comments`),
});
const mine = (as: Api, id: number): Record<string, () => Promise<Reply>> => ({
  mine: () => as('GET', `/campaigns/${id}/engagement/me`),
});
const writes = (as: Api, id: number): Record<string, () => Promise<Reply>> => ({
  like: () => as('PUT', `/campaigns/${id}/reactions/like`),
  unlike: () => as('DELETE', `/campaigns/${id}/reactions/like`),
  save: () => as('PUT', `/campaigns/${id}/reactions/save`),
  share: () => as('POST', `/campaigns/${id}/shares`, {}),
  comment: () => as('POST', `/campaigns/${id}/comments`, { text: 'hello' }),
});
const others = (as: Api, id: number): Record<string, () => Promise<Reply>> => ({
  impression: () => as('POST', `/campaigns/${id}/impressions`, impression()),
  transition: () => as('POST', `/campaigns/${id}/transitions`, { to: 'ended' }),
  'bad body': () => as('POST', `/campaigns/${id}/comments`, { text: 7 }),
  'blank text': () => as('POST', `/campaigns/${id}/comments`, { text: ' ' }),
  'bad reaction': () => as('PUT', `/campaigns/${id}/reactions/applause`),
  'bad query': () => as('GET', `/campaigns/${id}/comments?limit=0`),
  'bad impression': () => as('POST', `/campaigns/${id}/impressions`, {}),
});
const everything = (as: Api, id: number) => ({
  ...reads(as, id),
  ...mine(as, id),
  ...writes(as, id),
  ...others(as, id),
});
const all = (calls: object, verdict: string) => Object.fromEntries(Object.keys(calls).map((name) => [name, verdict]));

describe('a stranger', () => {
  it.each(['missing', ...hiddenStatuses] as const)('hears 404 of a %s campaign, whatever they ask', async (status) => {
    const id = status === 'missing' ? 999_999_999 : await campaignIn(app, status);
    for (const as of [anybody, stranger]) {
      const calls = everything(as, id);
      expect(await verdicts(calls)).toEqual(all(calls, '404 unknown_campaign'));
    }
  });

  it('hears 404 of the comments of a campaign that is no longer public, as of comments that never were', async () => {
    const id = await campaignIn(app, 'live');
    const { body: comment } = await stranger('POST', `/campaigns/${id}/comments`, { text: 'hello' });
    await campaignIn(app, 'cancelled', id);
    for (const as of [anybody, stranger]) {
      for (const commentId of [comment.id, 999_999_999]) {
        const calls = {
          read: () => as('GET', `/comments/${commentId}`),
          replies: () => as('GET', `/comments/${commentId}/replies`),
          like: () => as('PUT', `/comments/${commentId}/like`),
          unlike: () => as('DELETE', `/comments/${commentId}/like`),
        };
        expect(await verdicts(calls)).toEqual(all(calls, '404 unknown_comment'));
      }
    }
  });
});

describe('a public campaign', () => {
  it('is read without a token, and everything else there is 401', async () => {
    const id = await campaignIn(app, 'live');
    const { body: comment } = await stranger('POST', `/campaigns/${id}/comments`, { text: 'hello' });
    expect(await verdicts(reads(anybody, id))).toEqual(all(reads(anybody, id), '200'));
    const calls = {
      ...mine(anybody, id),
      ...writes(anybody, id),
      'like a comment': () => anybody('PUT', `/comments/${comment.id}/like`),
      transition: () => anybody('POST', `/campaigns/${id}/transitions`, { to: 'nowhere' }),
      'bad body': () => anybody('POST', `/campaigns/${id}/comments`, 'not json'),
      'bad reaction': () => anybody('PUT', `/campaigns/${id}/reactions/applause`),
      'bad id': () => anybody('PUT', '/campaigns/abc/reactions/like'),
      'my engagement': () => anybody('GET', '/me/engagement?limit=0'),
      'create a campaign': () => anybody('POST', '/campaigns', {}),
    };
    expect(await verdicts(calls)).toEqual(all(calls, '401 unauthenticated'));
  });

  it('takes engagement while it is live or paused', async () => {
    for (const status of ['live', 'paused'] as const) {
      const id = await campaignIn(app, status);
      expect(await verdicts(writes(stranger, id))).toEqual({
        like: '201',
        unlike: '200',
        save: '201',
        share: '201',
        comment: '201',
      });
    }
  });

  it('is closed when it has ended: it is read, and takes nothing', async () => {
    const id = await campaignIn(app, 'live');
    const { body: comment } = await stranger('POST', `/campaigns/${id}/comments`, { text: 'hello' });
    await campaignIn(app, 'ended', id);
    const calls = { ...writes(stranger, id), 'like a comment': () => stranger('PUT', `/comments/${comment.id}/like`) };
    expect(await verdicts(calls)).toEqual(all(calls, '409 campaign_closed'));
    expect(await verdicts(reads(anybody, id))).toEqual(all(reads(anybody, id), '200'));
    expect((await anybody('GET', `/campaigns/${id}`)).body.counters).toMatchObject({
      likes: 0,
      shares: 0,
      comments: 1,
    });
  });
});

it.each(hiddenStatuses)('who may see a %s campaign reads it, and hears that it is closed', async (status) => {
  const id = await campaignIn(app, status);
  for (const as of Object.values(insiders)) {
    expect(await verdicts({ ...reads(as, id), ...mine(as, id) })).toEqual(all({ ...reads(as, id), mine }, '200'));
    expect(await verdicts(writes(as, id))).toEqual(all(writes(as, id), '409 campaign_closed'));
  }
});

it('a transition by somebody else is 403 before anything of the call is looked at', async () => {
  const id = await campaignIn(app, 'live');
  for (const as of [stranger, await user(app.url, 31), insiders.moderator as Api]) {
    for (const body of [{ to: 'ended' }, { to: 'nowhere' }, 'not json']) {
      expect(refusalOf(await as('POST', `/campaigns/${id}/transitions`, body))).toBe('403 forbidden');
    }
  }
  expect(verdictOf(await (insiders.admin as Api)('POST', '/campaigns/abc/transitions', {}))).toBe('400 invalid_id');
  expect((await anybody('GET', `/campaigns/${id}`)).body.status).toBe('live');
});
