import { expect, it } from 'vitest';
import { liveCampaign, user } from '../support/api.ts';
import { startApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startRedis } from '../support/redis.ts';
import { watch } from '../support/watcher.ts';

async function world(environment: { REDIS_URL?: string } = {}) {
  const database = await freshDatabase();
  const one = await startApp({ databaseUrl: database.url, ...environment });
  const id = await liveCampaign(one.url);
  const ada = await user(one.url, 5);
  const { body } = await ada('POST', `/campaigns/${id}/comments`, { text: 'top' });
  const reply = async (userId: number, url = one.url) =>
    (await user(url, userId, `N${userId}`))('POST', `/campaigns/${id}/comments`, { text: 'r', parentId: body.id });
  const watcher = await watch(one.url, { token: await token(5) });
  return { database, one, id, ada, top: body.id as number, reply, watcher };
}

it('a user may read their own stream and nobody else’s, nor without a token', async () => {
  const { one, watcher } = await world();
  const stranger = await watch(one.url);
  const answers = [
    await watcher.subscribe({ stream: 'user:5' }),
    await watcher.subscribe({ stream: 'user:6' }),
    await stranger.subscribe({ stream: 'user:5' }),
  ];
  expect(answers.map((answer) => (answer.ok ? answer.mode : answer.error.code))).toEqual([
    'live',
    'forbidden',
    'unauthenticated',
  ]);
});

it('the answer to a subscribe holds the unread count, and a notification comes as HTTP gives it', async () => {
  const { ada, reply, watcher } = await world();
  const answer = await watcher.subscribe({ stream: 'user:5' });
  expect(answer.state).toMatchObject([{ name: 'notification:unread', data: { unread: 0 } }]);
  await reply(6);
  await watcher.until('notification:unread', ({ unread }) => unread === 1);
  const { data, seq } = await watcher.until('notification:created', () => true);
  const { body } = await ada('GET', '/me/notifications');
  expect([seq, data]).toEqual([1, body.items[0]]);
});

it('one that grows is sent again, and reading it brings the count down on the socket', async () => {
  const { ada, reply, watcher } = await world();
  await watcher.subscribe({ stream: 'user:5' });
  for (const n of [6, 7, 8]) await reply(n);
  const { data } = await watcher.until('notification:created', ({ count }) => count === 3);
  expect(data.actors.map(({ name }: { name: string }) => name)).toEqual(['N8', 'N7', 'N6']);
  expect(new Set(watcher.log.map((frame) => frame.data.id)).size).toBe(1);
  expect((await ada('POST', '/me/notifications/read', { ids: [data.id] })).body).toEqual({ unread: 0 });
  const newest = () => watcher.states.filter(({ name }) => name === 'notification:unread').at(-1)?.data;
  await eventually(() => expect(newest()).toEqual({ unread: 0 }), { within: 5_000 });
});

it('what psql writes while the socket is away is replayed by position', async () => {
  const { one, id, top, reply, watcher } = await world();
  const { epoch } = await watcher.subscribe({ stream: 'user:5' });
  await reply(6);
  const { seq } = await watcher.until('notification:created', () => true);
  watcher.socket.close();
  await one.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id) values ($1, 9, 'like', $2)`,
    [id, top],
  );
  const back = await watch(one.url, { token: await token(5) });
  await eventually(
    async () => {
      const answer = await back.subscribe({ stream: 'user:5', epoch, seq });
      expect(answer).toMatchObject({ mode: 'replayed', events: [{ seq: seq + 1, data: { kind: 'comment_liked' } }] });
      expect(answer.state).toMatchObject([{ data: { unread: 2 } }]);
    },
    { within: 5_000 },
  );
});

it('over two nodes with Redis between them each notification comes once, in order', async () => {
  const redis = await startRedis();
  const { database, one, ada, reply, watcher } = await world({ REDIS_URL: redis.url });
  const two = await startApp({ databaseUrl: database.url, REDIS_URL: redis.url });
  const other = await watch(two.url, { token: await token(5) });
  for (const side of [watcher, other]) await side.subscribe({ stream: 'user:5' });
  for (let n = 0; n < 12; n++) await reply(10 + n, n % 2 ? one.url : two.url);
  for (const side of [watcher, other]) {
    await side.until('notification:created', ({ count }) => count === 12);
    expect(side.log.map(({ seq }) => seq)).toEqual(side.log.map((_, n) => n + 1));
    expect(side.log.length).toBeLessThan(12);
  }
  expect((await ada('GET', '/me/notifications')).body).toMatchObject({ unread: 1, items: [{ count: 12 }] });
  await redis.stop();
});
