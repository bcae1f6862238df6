import { beforeAll, expect, it } from 'vitest';
import { type Api, admin, advertiser, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { setCommentState } from './campaign-in.ts';

let app: TestApp;
let root: Api;
let desk: Api;
let judge: Api;
beforeAll(async () => {
  app = await startApp();
  root = await admin(app.url);
  desk = apiAs(app.url, await token(801, { roles: ['moderator'] }));
  judge = apiAs(app.url, await token(802, { roles: ['moderator'] }));
});

/** Ada (71, 72 …) writes a comment that others act on; the owner has a campaign that is told of by every kind. */
interface Scene {
  id: number;
  author: number;
  ada: Api;
  bob: Api;
  owner: Api;
}
const sql = async (text: string, values: unknown[]) =>
  Number((await app.pool.query<{ id: number }>(text, values)).rows[0]?.id);
const decide = async (as: Api, comment: number, action: string) =>
  (await as('POST', `/moderation/items/${comment}/decisions`, { action, reason: 'spam', revision: 1 })).body.id;

const kindsOf = async (as: Api): Promise<string[]> =>
  [
    ...new Set((await as('GET', '/me/notifications?limit=100')).body.items.map(({ kind }: { kind: string }) => kind)),
  ] as string[];

/** A payment would lift the balance before the loop that pauses looks at it. */
const untilPaused = (owner: Api) =>
  eventually(async () => expect(await kindsOf(owner)).toContain('auto_paused'), { within: 5_000 });

/** The same causes, each by one way of writing. A comment's answer is its id. */
const writers = {
  async http({ id, author, ada, bob, owner }: Scene) {
    const say = async (as: Api, text: string, parentId?: number) =>
      (await as('POST', `/campaigns/${id}/comments`, { text, parentId })).body.id as number;
    const top = await say(ada, 'x');
    await say(bob, `hello @user ${author}`, top);
    await bob('PUT', `/comments/${top}/like`);
    await bob('POST', `/comments/${top}/flags`, { reason: 'spam' });
    const bad = await say(ada, 'y');
    await bob('POST', `/comments/${bad}/flags`, { reason: 'spam' });
    await decide(desk, bad, 'reject');
    const appeal = (await ada('POST', `/comments/${bad}/appeals`, { text: 'please' })).body.id;
    await judge('POST', `/moderation/appeals/${appeal}/decision`, { action: 'grant', explanation: 'right' });
    await desk('POST', `/moderation/users/${author}/sanctions`, { kind: 'premod', reason: 'spam' });
    await decide(desk, await say(ada, 'z'), 'approve');
    for (let n = 1; n <= 10; n++) await (await user(app.url, 7_000 + n))('PUT', `/campaigns/${id}/reactions/like`);
    for (let n = 1; n <= 6; n++)
      await bob('POST', `/campaigns/${id}/impressions`, {
        ...{ eventId: crypto.randomUUID(), placement: 'widget', sessionId: `s${n}` },
      });
    await untilPaused(owner);
    const { body: invoice } = await owner('POST', `/campaigns/${id}/billing/cycles`, {});
    for (const to of ['open', 'paid']) await root('POST', `/invoices/${invoice.id}/transitions`, { to });
  },
  async psql({ id, author, owner }: Scene) {
    const say = (by: number, text: string, parent: number | null = null) =>
      sql(
        `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
         values ($1, $2, 'comment', $3, $4) returning id`,
        [id, by, text, parent],
      );
    const top = await say(author, 'x');
    await say(70, `hello @user ${author}`, top);
    await sql(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id) values ($1, 70, 'like', $2)`,
      [id, top],
    );
    const bad = await say(author, 'y');
    await sql(`insert into comment_flag (comment_id, user_id, reason) values ($1, 70, 'spam')`, [bad]);
    for (const status of ['rejected', 'approved']) await setCommentState(app, bad, status);
    await sql(`update comment_flag set outcome = 'agreed' where comment_id = $1`, [bad]);
    await sql(
      `insert into moderation_appeal (decision_id, comment_id, campaign_id, author_id, text) values ($1, $1, $2, $3, 'please')`,
      [bad, id, author],
    );
    await sql(`update moderation_appeal set status = 'denied', explanation = 'no' where decision_id = $1`, [bad]);
    await sql(`insert into user_sanction (user_id, kind, reason, log_id) values ($1, 'premod', 'spam', 1)`, [author]);
    const held = await say(author, 'z');
    for (const status of ['pending', 'approved']) await setCommentState(app, held, status);
    await sql(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type) select $1, n, 'like' from generate_series(1, 10) n`,
      [id],
    );
    await sql(
      `insert into campaign_impressions (campaign_id, session_id) select $1, 's' || n from generate_series(1, 6) n`,
      [id],
    );
    await untilPaused(owner);
    const invoice = await sql(`insert into campaign_invoices (campaign_id, status) values ($1, 'open') returning id`, [
      id,
    ]);
    await sql(`update campaign_invoices set status = 'paid' where id = $1`, [invoice]);
  },
};

it.each(['http', 'psql'] as const)('every kind that has a cause is made of it, written by %s', async (writer) => {
  const author = writer === 'http' ? 71 : 72;
  const [ada, bob] = [await user(app.url, author), await user(app.url, 70)];
  const owner = await advertiser(app.url, author);
  const desks = async () => Promise.all([kindsOf(desk), kindsOf(judge)]);
  await owner('GET', '/me/notifications');
  const id = await liveCampaign(app.url, {
    ...{ advertiserId: author, campaignBudget: 10, cpiRate: 1, totalImpressionsPlanned: 3_000 },
    ...{ autoPauseOnLowBalance: true, minimumBalanceThreshold: 5, gracePeriodHours: 0 },
  });
  const rule = { metric: 'impressions', comparison: 'above', threshold: 2, windowMinutes: 5 };
  await owner('PUT', `/campaigns/${id}/alert-rules`, { rules: [rule] });
  await writers[writer]({ id, author, ada, bob, owner });
  await app.pool.query('select evaluate_alerts()');
  await app.pool.query(`select note_pacing(now() + interval '3 days')`);
  expect((await kindsOf(ada)).sort()).toEqual(
    [
      ...['appeal_answered', 'comment_approved', 'comment_liked', 'comment_rejected', 'comment_restored'],
      ...['mention', 'reply', 'sanction'],
    ].sort(),
  );
  expect(await kindsOf(bob)).toContain('flag_outcome');
  expect((await kindsOf(owner)).sort()).toEqual([
    ...['alert', 'auto_paused', 'engagement', 'invoice_issued', 'invoice_paid', 'low_balance', 'milestone', 'pacing'],
  ]);
  expect(await desks()).toEqual([[], []]);
});
