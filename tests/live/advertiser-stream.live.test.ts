import { beforeAll, expect, it } from 'vitest';
import { campaignIn, setCommentState } from '../features/campaign-in.ts';
import { type Api, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { noticesOf } from '../support/notices.ts';
import { watch } from '../support/watcher.ts';

let app: TestApp;
let reader: Api;
let owner: string;
beforeAll(async () => {
  app = await startApp();
  reader = await user(app.url, 7, 'Ada');
  owner = await token(9, { roles: ['advertiser'], advertiser_id: 5 });
});

const subscribedTo = async (id: number) => {
  const watcher = await watch(app.url, { token: owner });
  const answer = await watcher.subscribe({ stream: `advertiser:${id}` });
  return { watcher, answer };
};

it('the owner and admins may subscribe; others hear why not', async () => {
  const [live, draft] = [await campaignIn(app, 'live'), await campaignIn(app, 'draft')];
  const people = {
    nobody: undefined,
    user: await token(7),
    moderator: await token(10, { roles: ['moderator'] }),
    another: await token(8, { roles: ['advertiser'], advertiser_id: 6 }),
    owner,
    admin: await token(1, { roles: ['admin'] }),
  };
  const found: Record<string, string[]> = {};
  for (const [who, bearer] of Object.entries(people)) {
    const watcher = await watch(app.url, bearer ? { token: bearer } : {});
    const answers = [];
    for (const id of [live, draft, 999_999]) answers.push(await watcher.subscribe({ stream: `advertiser:${id}` }));
    found[who] = answers.map((answer) => (answer.ok ? answer.mode : answer.error.code));
  }
  expect(found).toEqual({
    nobody: ['unauthenticated', 'not_found', 'not_found'],
    user: ['forbidden', 'not_found', 'not_found'],
    moderator: ['forbidden', 'forbidden', 'not_found'],
    another: ['forbidden', 'not_found', 'not_found'],
    owner: ['live', 'live', 'not_found'],
    admin: ['live', 'live', 'not_found'],
  });
});

it('the answer to a subscribe holds the metrics, as HTTP gives them at that version', async () => {
  const id = await liveCampaign(app.url, { campaignBudget: 10, cpiRate: 0.5 });
  await reader('PUT', `/campaigns/${id}/reactions/save`);
  const { answer } = await subscribedTo(id);
  const { rows } = await app.pool.query(
    'select metrics_document($1) as data, version from live_stream where stream = $2',
    [id, `advertiser:${id}`],
  );
  expect(answer.state).toEqual([expect.objectContaining({ name: 'campaign:metrics', ...rows[0] })]);
});

it('an impression that psql writes reaches the owner with its spend and balance', async () => {
  const id = await liveCampaign(app.url, { campaignBudget: 10, cpiRate: 0.5 });
  const { watcher } = await subscribedTo(id);
  await app.pool.query(`insert into campaign_impressions (campaign_id, session_id) values ($1, 'a'), ($1, 'a')`, [id]);
  const { data } = await watcher.until('campaign:metrics', ({ impressions }) => impressions === 2);
  expect(data).toMatchObject({ campaignId: id, impressions: 2, reach: 1, frequency: 2, spend: 1, remainingBalance: 9 });
});

it('a budget that psql changes moves the balance', async () => {
  const id = await liveCampaign(app.url, { campaignBudget: 10, cpiRate: 0.5 });
  const { watcher } = await subscribedTo(id);
  await app.pool.query('update campaign_profile set campaign_budget = 20 where id = $1', [id]);
  await watcher.until('campaign:metrics', ({ remainingBalance }) => remainingBalance === 20);
});

it('every engagement is an event, whoever wrote it, and saves and follows name nobody', async () => {
  const id = await liveCampaign(app.url);
  const { watcher, answer } = await subscribedTo(id);
  for (const type of ['like', 'save', 'bookmark']) await reader('PUT', `/campaigns/${id}/reactions/${type}`);
  await reader('POST', `/campaigns/${id}/shares`);
  const { body: comment } = await reader('POST', `/campaigns/${id}/comments`, { text: 'hello' });
  await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id)
     select $1, n, 'like', $2::bigint from generate_series(20, 21) n`,
    [id, comment.id],
  );
  await watcher.until('engagement:created', ({ userId }) => userId === 21);
  expect(watcher.log.map(({ data: { type, userId, parentId } }) => [type, userId, parentId])).toEqual([
    ['like', 7, null],
    ['save', null, null],
    ['bookmark', null, null],
    ['share', 7, null],
    ['comment', 7, null],
    ['like', 20, comment.id],
    ['like', 21, comment.id],
  ]);
  expect(watcher.log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => answer.seq + n));
  expect(JSON.stringify(watcher.log)).not.toContain('hello');
});

it('a comment that is held is told to the owner when it is shown, once', async () => {
  const id = await liveCampaign(app.url);
  const { body: comment } = await reader('POST', `/campaigns/${id}/comments`, { text: 'seen' });
  const { watcher } = await subscribedTo(id);
  const { rows } = await app.pool.query(
    `with born as (select nextval(pg_get_serial_sequence('campaign_engagement', 'id')) as id), held as (
       insert into comment_state (comment_id, campaign_id, status) select id, $1, 'pending' from born)
     insert into campaign_engagement (id, campaign_id, user_id, engagement_type, comment_text) overriding system value
     select id, $1, 8, 'comment', 'held' from born returning id`,
    [id],
  );
  const held = rows[0].id;
  for (const status of ['removed', 'published']) await setCommentState(app, comment.id, status);
  for (const status of ['published', 'removed', 'published']) await setCommentState(app, held, status);
  await reader('POST', `/campaigns/${id}/shares`);
  await watcher.until('engagement:created', ({ type }) => type === 'share');
  expect(watcher.log.map(({ data }) => data.id)).toEqual([held, expect.any(Number)]);
});

it('a position is replayed without a gap', async () => {
  const id = await liveCampaign(app.url);
  for (const user of [1, 2, 3]) {
    await app.pool.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type) values ($1, $2, 'like')`,
      [id, user],
    );
  }
  const watcher = await watch(app.url, { token: owner });
  const answer = await watcher.subscribe({ stream: `advertiser:${id}`, seq: 0 });
  expect(answer.mode).toBe('replayed');
  expect(answer.events.map(({ data }: { data: { userId: number } }) => data.userId)).toEqual([1, 2, 3]);
});

it('of what came before anybody looked, the newest ten thousand are replayed; a start before them is too old', async () => {
  const id = await liveCampaign(app.url);
  await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type) select $1, n, 'like' from generate_series(1, 10050) n`,
    [id],
  );
  const watcher = await watch(app.url, { token: owner });
  const stream = `advertiser:${id}`;
  const { epoch, seq, mode } = await watcher.subscribe({ stream, seq: 0 });
  expect(mode).toBe('reset');
  const answer = await watcher.subscribe({ stream, epoch, seq: seq - 10_000 });
  expect([answer.mode, answer.events.length, answer.events[0].data.userId]).toEqual(['replayed', 10_000, 51]);
  const { rows } = await app.pool.query('select * from audit_streams() a where a.key = $1', [stream]);
  expect(rows).toEqual([]);
});

it('a campaign that changes hands is taken from its old owner', async () => {
  const id = await liveCampaign(app.url);
  const { watcher } = await subscribedTo(id);
  const notices = noticesOf(watcher.socket);
  await app.pool.query('update campaign_profile set advertiser_id = 6 where id = $1', [id]);
  const { notice } = await notices.until('stream:closed', 4_000);
  expect(notice).toMatchObject({ stream: `advertiser:${id}`, code: 'forbidden' });
});
