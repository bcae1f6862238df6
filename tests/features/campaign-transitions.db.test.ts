import { beforeAll, describe, expect, it } from 'vitest';
import type { CampaignStatus, TransitionTarget } from '../../server/contract/campaign.ts';
import { type Api, admin, advertiser, apiAs } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { campaignIn, statuses } from './campaign-in.ts';
import { refusalOf, verdictOf } from './refusals.ts';

let app: TestApp;
let root: Api;
let owner: Api;
beforeAll(async () => {
  app = await startApp();
  root = await admin(app.url);
  owner = await advertiser(app.url, 5);
});

const targets = ['submitted', 'verified', 'rejected', 'live', 'paused', 'ended', 'cancelled'] as const;
/** In the order of `targets`. yes: the owner and admins may; admin: admins alone; no: it is no way there. */
const ways: Record<CampaignStatus, string> = {
  //          submitted verified rejected live paused ended cancelled
  draft: '    yes       no       no       no   no     no    yes',
  submitted: 'no        admin    admin    no   no     no    yes',
  verified: ' no        no       no       yes  no     no    yes',
  rejected: ' yes       no       no       no   no     no    yes',
  live: '     no        no       no       no   yes    yes   yes',
  paused: '   no        no       no       yes  no     yes   yes',
  ended: '    no        no       no       no   no     no    no',
  cancelled: 'no        no       no       no   no     no    no',
};

function expected(who: 'owner' | 'admin', from: CampaignStatus): Record<string, string> {
  const words = ways[from].trim().split(/\s+/);
  const verdict = (to: TransitionTarget, word: string | undefined) => {
    if (who === 'owner' && (to === 'verified' || to === 'rejected')) return '403 forbidden';
    return word === 'no' ? '409 illegal_transition' : to;
  };
  return Object.fromEntries(targets.map((to, place) => [to, verdict(to, words[place])]));
}

describe.each(['owner', 'admin'] as const)('the %s', (who) => {
  it.each(statuses)('takes a campaign that is %s where it may go, and nowhere else', async (from) => {
    const as = who === 'owner' ? owner : root;
    const found: Record<string, string> = {};
    for (const to of targets) {
      const id = await campaignIn(app, from);
      const reply = await as('POST', `/campaigns/${id}/transitions`, { to });
      found[to] = reply.status === 200 ? reply.body.status : verdictOf(reply);
      const { body: after } = await root('GET', `/campaigns/${id}`);
      expect(after.status).toBe(reply.status === 200 ? to : from);
      if (reply.status === 200) expect(reply.body).toEqual(after);
    }
    expect(found).toEqual(expected(who, from));
  });
});

it('a whole life is written down: when, by whom and why', async () => {
  const { body: draft } = await owner('POST', '/campaigns', { name: 'A life' });
  const go = async (as: Api, to: string, reason?: string) =>
    (await as('POST', `/campaigns/${draft.id}/transitions`, { to, ...(reason ? { reason } : {}) })).body;
  const time = expect.stringMatching(/Z$/);
  const submitted = await go(owner, 'submitted');
  expect(submitted).toMatchObject({ submittedDate: time, isVerified: false, statusBy: 900_005, statusAt: time });
  const rejected = await go(root, 'rejected', 'no logo');
  expect(rejected).toMatchObject({
    verificationStatus: 'rejected',
    isVerified: false,
    statusBy: 1,
    statusReason: 'no logo',
  });
  expect(await go(owner, 'submitted')).toMatchObject({ status: 'submitted', verificationStatus: 'submitted' });
  expect(await go(root, 'verified')).toMatchObject({ verificationStatus: 'verified', isVerified: true });
  const live = await go(owner, 'live');
  expect(live).toMatchObject({ launchedAt: time, pausedAt: null, endedAt: null });
  expect(await go(owner, 'paused', 'too hot')).toMatchObject({ pausedAt: time, pauseReason: 'too hot' });
  const again = await go(owner, 'live');
  expect(again).toMatchObject({ launchedAt: live.launchedAt, pausedAt: null, pauseReason: null });
  expect(await go(owner, 'cancelled', 'moved on')).toMatchObject({
    status: 'cancelled',
    cancelledByUserId: 900_005,
    cancellationReason: 'moved on',
  });
});

it('each change of the public face is announced once, in order, with the campaign as it then is', async () => {
  const id = await campaignIn(app, 'verified');
  const { rows: before } = await app.pool.query('select head from live_stream where stream = $1', [`campaign:${id}`]);
  for (const to of ['live', 'paused', 'live', 'ended']) await owner('POST', `/campaigns/${id}/transitions`, { to });
  const { rows } = await app.pool.query(
    `select name, data->>'status' as status from live_event where stream = $1 and seq > $2 order by seq`,
    [`campaign:${id}`, before[0]?.head],
  );
  expect(rows).toEqual(['live', 'paused', 'live', 'ended'].map((status) => ({ name: 'campaign:updated', status })));
});

it('of ten that end a campaign at once one succeeds', async () => {
  const id = await campaignIn(app, 'live');
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => owner('POST', `/campaigns/${id}/transitions`, { to: 'ended' })),
  );
  expect(replies.map(verdictOf).sort()).toEqual(['200', ...Array(9).fill('409 illegal_transition')]);
});

it('an owner needs the role and the number, and a target that is none is 400', async () => {
  const id = await campaignIn(app, 'live');
  for (const claims of [
    { advertiser_id: 5 },
    { roles: ['advertiser' as const], advertiser_id: 6 },
    { roles: ['advertiser' as const] },
    { roles: ['moderator' as const], advertiser_id: 5 },
  ]) {
    const as = apiAs(app.url, await token(7, claims));
    expect(refusalOf(await as('POST', `/campaigns/${id}/transitions`, { to: 'paused' }))).toBe('403 forbidden');
  }
  for (const body of [
    { to: 'draft' },
    { to: '' },
    {},
    { to: 'ended', why: 'x' },
    { to: 'ended', reason: 'x'.repeat(2_001) },
  ]) {
    expect(refusalOf(await owner('POST', `/campaigns/${id}/transitions`, body))).toBe('400 invalid_body');
  }
  expect((await owner('GET', `/campaigns/${id}`)).body.status).toBe('live');
});
