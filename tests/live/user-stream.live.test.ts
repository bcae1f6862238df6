import { beforeAll, expect, it } from 'vitest';
import { liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startRedis } from '../support/redis.ts';
import { watch } from '../support/watcher.ts';

// Two nodes with Redis between them, one campaign, and a reader of its own for each test.
let one: TestApp;
let two: TestApp;
let id: number;
let readers = 500;
beforeAll(async () => {
  const [database, redis] = await Promise.all([freshDatabase(), startRedis()]);
  const nodes = { databaseUrl: database.url, REDIS_URL: redis.url };
  one = await startApp(nodes);
  two = await startApp(nodes);
  id = await liveCampaign(one.url);
});

/** A reader with a comment that others answer, and a socket. */
async function world() {
  const reader = readers++;
  const ada = await user(one.url, reader);
  const { body } = await ada('POST', `/campaigns/${id}/comments`, { text: 'top' });
  const reply = async (userId: number, url = one.url) =>
    (await user(url, userId, `N${userId}`))('POST', `/campaigns/${id}/comments`, { text: 'r', parentId: body.id });
  const watcher = await watch(one.url, { token: await token(reader) });
  return { reader, stream: `user:${reader}`, ada, top: body.id as number, reply, watcher };
}

it.concurrent('a user may read their own stream and nobody else’s, nor without a token', async () => {
  const { stream, watcher } = await world();
  const stranger = await watch(one.url);
  const answers = [
    await watcher.subscribe({ stream }),
    await watcher.subscribe({ stream: 'user:6' }),
    await stranger.subscribe({ stream }),
  ];
  expect(answers.map((answer) => (answer.ok ? answer.mode : answer.error.code))).toEqual([
    'live',
    'forbidden',
    'unauthenticated',
  ]);
});

it.concurrent('the answer to a subscribe holds the unread count, and a notification comes as HTTP gives it', async () => {
  const { stream, ada, reply, watcher } = await world();
  const answer = await watcher.subscribe({ stream });
  expect(answer.state).toMatchObject([{ name: 'notification:unread', data: { unread: 0 } }]);
  await reply(6);
  await watcher.until('notification:unread', ({ unread }) => unread === 1);
  const { data, seq } = await watcher.until('notification:created', () => true);
  const { body } = await ada('GET', '/me/notifications');
  expect([seq, data]).toEqual([1, body.items[0]]);
});

it.concurrent('one that grows is sent again, and reading it brings the count down on the socket', async () => {
  const { stream, ada, reply, watcher } = await world();
  await watcher.subscribe({ stream });
  for (const n of [6, 7, 8]) await reply(n);
  const { data } = await watcher.until('notification:created', ({ count }) => count === 3);
  expect(data.actors.map(({ name }: { name: string }) => name)).toEqual(['N8', 'N7', 'N6']);
  expect(new Set(watcher.log.map((frame) => frame.data.id)).size).toBe(1);
  expect((await ada('POST', '/me/notifications/read', { ids: [data.id] })).body).toEqual({ unread: 0 });
  const newest = () => watcher.states.filter(({ name }) => name === 'notification:unread').at(-1)?.data;
  await eventually(() => expect(newest()).toEqual({ unread: 0 }), { within: 5_000 });
});

it.concurrent('what psql writes while the socket is away is replayed by position', async () => {
  const { reader, stream, top, reply, watcher } = await world();
  const { epoch } = await watcher.subscribe({ stream });
  await reply(6);
  const { seq } = await watcher.until('notification:created', () => true);
  watcher.socket.close();
  await one.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id) values ($1, 9, 'like', $2)`,
    [id, top],
  );
  const back = await watch(one.url, { token: await token(reader) });
  await eventually(
    async () => {
      const answer = await back.subscribe({ stream, epoch, seq });
      expect(answer).toMatchObject({ mode: 'replayed', events: [{ seq: seq + 1, data: { kind: 'comment_liked' } }] });
      expect(answer.state).toMatchObject([{ data: { unread: 2 } }]);
    },
    { within: 5_000 },
  );
});

it.concurrent('over two nodes with Redis between them each notification comes once, in order', async () => {
  const { reader, stream, ada, reply, watcher } = await world();
  const other = await watch(two.url, { token: await token(reader) });
  for (const side of [watcher, other]) await side.subscribe({ stream });
  for (let n = 0; n < 12; n++) await reply(10 + n, n % 2 ? one.url : two.url);
  for (const side of [watcher, other]) {
    await side.until('notification:created', ({ count }) => count === 12);
    expect(side.log.map(({ seq }) => seq)).toEqual(side.log.map((_, n) => n + 1));
    expect(side.log.length).toBeLessThan(12);
  }
  expect((await ada('GET', '/me/notifications')).body).toMatchObject({ unread: 1, items: [{ count: 12 }] });
});
