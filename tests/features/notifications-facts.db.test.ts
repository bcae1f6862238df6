import { beforeAll, expect, it } from 'vitest';
import { type Api, admin, advertiser, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { setCommentState } from './campaign-in.ts';
import { seenBy } from './impression-events.ts';
import { moderator } from './moderators.ts';

let app: TestApp;
let owner: Api;
let root: Api;
beforeAll(async () => {
  app = await startApp();
  root = await admin(app.url);
});

/** A campaign of an advertiser of its own, whose user has been here once. */
let advertisers = 50;
async function owned(fields: Record<string, unknown> = {}): Promise<number> {
  const advertiserId = advertisers++;
  owner = await advertiser(app.url, advertiserId);
  await owner('GET', '/me/notifications');
  return liveCampaign(app.url, { advertiserId, ...fields });
}
const told = async (as: Api, kind: string) => (await as('GET', `/me/notifications?kind=${kind}`)).body.items;
const see = (id: number, times: number) => seenBy(app, id, times);

it('an author hears what became of a comment, with the reason, unless it was their own doing', async () => {
  const campaignId = await liveCampaign(app.url);
  const ada = await user(app.url, 71);
  const { body } = await ada('POST', `/campaigns/${campaignId}/comments`, { text: 'x' });
  for (const status of ['rejected', 'approved']) await setCommentState(app, body.id, status);
  const { body: list } = await ada('GET', '/me/notifications');
  expect(list.items).toMatchObject([
    { kind: 'comment_restored', commentId: body.id },
    { kind: 'comment_rejected', commentId: body.id, data: { by: 'moderator', reason: 'spam' } },
  ]);
  const { body: own } = await ada('POST', `/campaigns/${campaignId}/comments`, { text: 'y' });
  await ada('DELETE', `/comments/${own.id}`);
  expect((await ada('GET', '/me/notifications')).body.unread).toBe(2);
});

it('flags, appeals and sanctions are answered to whom they concern', async () => {
  const campaignId = await liveCampaign(app.url);
  const [ada, bob] = [await user(app.url, 72), await user(app.url, 73)];
  const { body: comment } = await ada('POST', `/campaigns/${campaignId}/comments`, { text: 'x' });
  await bob('POST', `/comments/${comment.id}/flags`, { reason: 'spam' });
  await app.pool.query(`update comment_flag set outcome = 'agreed' where comment_id = $1`, [comment.id]);
  await app.pool.query(
    `insert into moderation_appeal (decision_id, comment_id, campaign_id, author_id, text) values (900, $1, $2, 72, 'please')`,
    [comment.id, campaignId],
  );
  await app.pool.query(`update moderation_appeal set status = 'denied', explanation = 'no' where decision_id = 900`);
  await app.pool.query(
    `insert into user_sanction (user_id, kind, reason, log_id, until) values (72, 'mute', 'spam', 1, now() + interval '1 day')`,
  );
  await app.pool.query('update user_sanction set lifted_at = now() where user_id = 72');
  expect(await told(bob, 'flag_outcome')).toMatchObject([{ commentId: comment.id, data: { outcome: 'agreed' } }]);
  expect(await told(ada, 'appeal_answered')).toMatchObject([{ data: { status: 'denied', explanation: 'no' } }]);
  expect(await told(ada, 'sanction')).toMatchObject([{ count: 2, data: { action: 'lifted', sanction: 'mute' } }]);
});

it('who reported a comment hears when the decision is undone, when an appeal is granted, and what is decided anew', async () => {
  const campaignId = await liveCampaign(app.url);
  const [ada, bob] = [await user(app.url, 78), await user(app.url, 79)];
  const [mia, noa] = [await moderator(app.url, 700), await moderator(app.url, 701)];
  const { body: comment } = await ada('POST', `/campaigns/${campaignId}/comments`, { text: 'x' });
  await bob('POST', `/comments/${comment.id}/flags`, { reason: 'spam' });
  const decide = async (action: string) =>
    (await mia('POST', `/moderation/items/${comment.id}/decisions`, { action, revision: 1 })).body.id;
  const heard: unknown[] = [];
  const hear = async () => {
    for (const { commentId, data } of await told(bob, 'flag_outcome')) heard.push([commentId, data.outcome]);
    await bob('POST', '/me/notifications/read', { all: true });
    await app.pool.query('delete from notification where user_id = 79');
  };
  const first = await decide('approve');
  await hear();
  await mia('POST', `/moderation/decisions/${first}/undo`, {});
  await hear();
  await decide('reject');
  await hear();
  const { body: appeal } = await ada('POST', `/comments/${comment.id}/appeals`, { text: 'It was fine.' });
  await noa('POST', `/moderation/appeals/${appeal.id}/decision`, { action: 'grant', explanation: 'It was.' });
  await hear();
  expect(heard).toEqual(['disagreed', 'undone', 'agreed', 'undone'].map((outcome) => [comment.id, outcome]));
});

it('an owner hears of engagement as one row, by how much it grew, without their own', async () => {
  const id = await owned();
  const [ada, bob] = [await user(app.url, 74), await user(app.url, 75)];
  for (const as of [ada, bob, owner]) await as('PUT', `/campaigns/${id}/reactions/like`);
  await ada('PUT', `/campaigns/${id}/reactions/save`);
  const { body } = await ada('POST', `/campaigns/${id}/comments`, { text: 'x' });
  await ada('PUT', `/comments/${body.id}/like`);
  const data = { likes: 2, shares: 0, comments: 1, saves: 1, bookmarks: 0 };
  expect(await told(owner, 'engagement')).toMatchObject([{ campaignId: id, count: 4, actors: [], data }]);
  await bob('DELETE', `/campaigns/${id}/reactions/like`);
  expect(await told(owner, 'engagement')).toMatchObject([{ count: 3 }]);
  await owner('POST', '/me/notifications/read', { all: true });
  await bob('POST', `/campaigns/${id}/shares`);
  expect(await told(owner, 'engagement')).toMatchObject([{ count: 1, readAt: null }, { count: 3 }]);
});

it('what a campaign had before somebody came is no news to them, nor to who gets it', async () => {
  const id = await liveCampaign(app.url, { advertiserId: 40 });
  await (await user(app.url, 76))('PUT', `/campaigns/${id}/reactions/like`);
  const late = await advertiser(app.url, 40);
  const other = await advertiser(app.url, 41);
  for (const as of [late, other]) expect((await as('GET', '/me/notifications')).body.unread).toBe(0);
  await app.pool.query('update campaign_profile set advertiser_id = 41 where id = $1', [id]);
  await (await user(app.url, 77))('PUT', `/campaigns/${id}/reactions/like`);
  expect(await told(late, 'engagement')).toEqual([]);
  expect(await told(other, 'engagement')).toMatchObject([{ count: 1 }]);
});

it('milestones are told once, also where ten writers pass them together', async () => {
  const id = await owned();
  await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      app.pool.query(
        `insert into campaign_engagement (campaign_id, user_id, engagement_type) select $1, n, 'like' from generate_series($2::int, $3::int) n`,
        [id, n * 3 + 1, n * 3 + 3],
      ),
    ),
  );
  expect(await told(owner, 'milestone')).toMatchObject([
    { campaignId: id, count: 1, data: { metric: 'likes', value: 10 } },
  ]);
});

it('a low balance, the pause that follows, invoices and their payment', async () => {
  const id = await owned({
    campaignBudget: 10,
    cpiRate: 1,
    autoPauseOnLowBalance: true,
    minimumBalanceThreshold: 5,
    gracePeriodHours: 0,
  });
  await see(id, 6);
  await eventually(async () => expect(await told(owner, 'auto_paused')).toMatchObject([{ campaignId: id, count: 1 }]), {
    within: 5_000,
  });
  expect(await told(owner, 'low_balance')).toMatchObject([{ campaignId: id, count: 1 }]);
  const { body: invoice } = await owner('POST', `/campaigns/${id}/billing/cycles`, {});
  await root('POST', `/invoices/${invoice.id}/transitions`, { to: 'open' });
  await app.pool.query(`update campaign_invoices set due_date = now() - interval '1 day' where id = $1`, [invoice.id]);
  for (let n = 0; n < 2; n++) await app.pool.query('select note_overdue()');
  await root('POST', `/invoices/${invoice.id}/transitions`, { to: 'paid' });
  for (const kind of ['invoice_issued', 'invoice_overdue', 'invoice_paid'])
    expect(await told(owner, kind)).toMatchObject([
      { campaignId: id, count: 1, data: { invoiceId: invoice.id, amount: 6 } },
    ]);
});

it('an alert that is fired, and a campaign that falls behind its plan', async () => {
  const id = await owned({ totalImpressionsPlanned: 3_000 });
  await owner('PUT', `/campaigns/${id}/alert-rules`, {
    rules: [{ metric: 'impressions', comparison: 'above', threshold: 2, windowMinutes: 5 }],
  });
  await see(id, 3);
  await app.pool.query('select evaluate_alerts()');
  expect(await told(owner, 'alert')).toMatchObject([{ campaignId: id, data: { metric: 'impressions', threshold: 2 } }]);
  for (const days of [3, 4]) await app.pool.query(`select note_pacing(now() + make_interval(days => $1))`, [days]);
  expect(await told(owner, 'pacing')).toMatchObject([
    { campaignId: id, count: 1, data: { pace: 'behind', expected: 300 } },
  ]);
});
