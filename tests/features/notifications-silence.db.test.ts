import pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { audited } from '../sql/counting-play.ts';
import { type Api, advertiser, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { setCommentState } from './campaign-in.ts';

let app: TestApp;
let campaignId: number;
let next = 6_000;
beforeAll(async () => {
  app = await startApp();
  campaignId = await liveCampaign(app.url);
});

const moderator = async (id: number) => apiAs(app.url, await token(id, { roles: ['user', 'moderator'] }));
const comment = async (as: Api, parentId?: number) =>
  (await as('POST', `/campaigns/${campaignId}/comments`, { text: 'x', parentId })).body.id as number;
const decide = (as: Api, id: number, action: string) =>
  as('POST', `/moderation/items/${id}/decisions`, { action, reason: 'spam', revision: 1 });
const kinds = async (as: Api) =>
  (await as('GET', '/me/notifications')).body.items.map(({ kind }: { kind: string }) => kind);

it('a moderator is not told what they decided of their own flag, or took back', async () => {
  const [ada, other] = [await moderator(next++), await moderator(next++)];
  const flagged = await comment(other);
  await ada('POST', `/comments/${flagged}/flags`, { reason: 'spam' });
  const decided = await decide(ada, flagged, 'reject');
  expect(decided.status).toBe(201);
  expect((await ada('POST', `/moderation/decisions/${decided.body.id}/undo`, { explanation: 'no' })).status).toBe(200);
  expect(await kinds(ada)).toEqual([]);
  expect(await kinds(other)).toEqual(['comment_restored', 'comment_rejected']);
});

it('and is told what another decided', async () => {
  const [ada, other] = [await moderator(next++), await moderator(next++)];
  const own = await comment(ada);
  await ada('POST', `/comments/${await comment(other)}/flags`, { reason: 'spam' });
  expect((await decide(other, own, 'reject')).status).toBe(201);
  expect(await kinds(ada)).toEqual(['comment_rejected']);
});

it('nobody is told that a comment was approved or restored which is removed by now', async () => {
  const ada = await user(app.url, next++);
  const [first, second] = [await comment(ada), await comment(ada)];
  for (const status of ['rejected', 'approved']) await setCommentState(app, first, status);
  expect(await kinds(ada)).toEqual(['comment_restored', 'comment_rejected']);
  await ada('DELETE', `/comments/${first}`);
  expect(await kinds(ada)).toEqual(['comment_rejected']);
  for (const status of ['rejected', 'approved']) await setCommentState(app, second, status);
  await app.pool.query('delete from campaign_engagement where id = $1', [second]);
  expect((await kinds(ada)).filter((kind: string) => kind === 'comment_restored')).toEqual([]);
});

it('a reply to a comment that is removed while lists are made is not told', async () => {
  const id = next++;
  const ada = await user(app.url, id);
  const top = await comment(ada);
  await comment(await user(app.url, next++), top);
  const settling = await app.pool.connect();
  await settling.query('begin');
  await settling.query('select settle_notifications(array[$1::bigint])', [id]);
  await setCommentState(app, top, 'removed');
  await settling.query('commit');
  settling.release();
  expect(await kinds(ada)).not.toContain('reply');
});

it('what an owner was told of a campaign stands as it is once the campaign is another’s', async () => {
  const owner = await advertiser(app.url, 61);
  await owner('GET', '/me/notifications');
  await advertiser(app.url, 62).then((as) => as('GET', '/me/notifications'));
  const id = await liveCampaign(app.url, { advertiserId: 61 });
  const like = async (by: number) => (await user(app.url, by))('PUT', `/campaigns/${id}/reactions/like`);
  await like(next++);
  await like(next++);
  const mine = async () => (await owner('GET', '/me/notifications?kind=engagement')).body.items;
  const before = await mine();
  await app.pool.query('update campaign_profile set advertiser_id = 62 where id = $1', [id]);
  await like(next++);
  expect([before, await mine()]).toMatchObject([[{ count: 2 }], [{ count: 2 }]]);
  expect(await audited(app.pool as never)).toEqual([]);
  await app.pool.query('update campaign_profile set advertiser_id = 61 where id = $1', [id]);
  await mine();
  expect(await audited(app.pool as never)).toEqual([]);
});

it('who reads while a list is held for longer than a lock is waited for gets the newest all the same', async () => {
  const id = next++;
  const ada = await user(app.url, id);
  const top = await comment(ada);
  await kinds(ada); // now there is a stream to hold
  await app.pool.query('select lock_users(array[$1::bigint])', [id]);
  const holder = new pg.Client(app.databaseUrl);
  await holder.connect();
  await holder.query('begin');
  await holder.query('select lock_users(array[$1::bigint])', [id]);
  await comment(await user(app.url, next++), top);
  const reading = kinds(ada);
  const waited = new Set<string>();
  await eventually(
    async () => {
      const { rows } = await app.pool.query<{ since: string }>(
        `select query_start::text as since from pg_stat_activity where datname = current_database()
         and wait_event_type = 'Lock' and query like 'select settle_notifications%'`,
      );
      for (const { since } of rows) waited.add(since);
      expect(waited.size).toBe(2); // the first wait was given up
    },
    { within: 5_000 },
  );
  await holder.query('commit');
  await holder.end();
  expect(await reading).toEqual(['reply']);
});
