import { expect, it } from 'vitest';
import { commentReachedDataSchema } from '../../server/contract/live.ts';
import { liveCampaign, user } from '../support/api.ts';
import { startApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startRedis } from '../support/redis.ts';
import { type Watcher, watch } from '../support/watcher.ts';
import { getStuck } from './stuck-socket.ts';

const alice = 11;

/** So many sockets on a campaign: one for each entry, signed in as that user or without a token. */
async function crowd(url: string, id: number, users: (number | null)[]): Promise<Watcher[]> {
  const tokens = await Promise.all(
    users.map((one) => (one === null ? {} : token(one).then((bearer) => ({ token: bearer })))),
  );
  const watchers = await Promise.all(tokens.map((options) => watch(url, options)));
  for (const watcher of watchers)
    expect(await watcher.subscribe({ stream: `campaign:${id}` })).toMatchObject({ ok: true });
  return watchers;
}

const receiptsOf = (watcher: Watcher) => watcher.states.filter(({ name }) => name === 'comment:reached');

it('an author learns in both tabs on how many screens of others a comment was and how soon, and nobody else does', async () => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  const tabs = await crowd(app.url, id, [alice, alice]);
  const others = await crowd(app.url, id, [null, null, null, 12, 13]);
  const post = await user(app.url, alice, 'Alice');
  const startedAt = performance.now();
  const { body: comment } = await post('POST', `/campaigns/${id}/comments`, { text: 'hello' });
  for (const tab of tabs) {
    const receipt = await tab.until('comment:reached', (data) => data.commentId === comment.id, 3_000);
    const created = tab.log.find(({ name }) => name === 'comment:created');
    const { sockets, p90Ms, campaignId } = commentReachedDataSchema.parse(receipt.data);
    expect({ sockets, campaignId, version: receipt.version, seq: receipt.seq }).toEqual({
      sockets: 5,
      campaignId: id,
      version: 5,
      seq: created?.seq,
    });
    expect(p90Ms).toBeLessThan(1.1 * (performance.now() - startedAt) + 1);
  }
  const { body: second } = await post('POST', `/campaigns/${id}/comments`, { text: 'again' });
  await tabs[0]?.until('comment:reached', (data) => data.commentId === second.id, 3_000);
  expect(others.flatMap(receiptsOf)).toEqual([]);
  expect(tabs.map((tab) => receiptsOf(tab).length)).toEqual([2, 2]);
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  expect(metrics).toContain('pulse_deliveries_total{event="comment:created",outcome="flushed"} 10');
  expect(metrics).toContain('pulse_delivery_seconds_count{event="comment:created"} 2');
});

it('a comment by psql is told of to its author, and to nobody when the author is not there or nobody else is', async () => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  const [tab] = await crowd(app.url, id, [alice]);
  const insert = async (userId: number): Promise<number> => {
    const { rows } = await app.pool.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       values ($1, $2, 'comment', 'from psql') returning id`,
      [id, userId],
    );
    return rows[0].id;
  };
  await insert(alice);
  await tab?.until('comment:created', () => true);
  const [other] = await crowd(app.url, id, [null]);
  await insert(77);
  const mine = await insert(alice);
  await tab?.until('comment:reached', (data) => data.commentId === mine, 3_000);
  expect([tab, other].map((one) => one && receiptsOf(one).map(({ data }) => data.sockets))).toEqual([[1], []]);
});

it('the receipt of a comment waits a second for a socket that takes nothing, and does not count it', async () => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  const [tab, stuck] = await crowd(app.url, id, [alice, null, null, null]);
  if (tab && stuck) await getStuck(app, id, stuck, tab);
  const post = await user(app.url, alice);
  const { body: comment } = await post('POST', `/campaigns/${id}/comments`, { text: 'and this' });
  const written = performance.now();
  const receipt = await tab?.until('comment:reached', (data) => data.commentId === comment.id, 5_000);
  expect(receipt?.data.sockets).toBe(2);
  expect(performance.now() - written).toBeGreaterThan(900);
}, 60_000);

it('what two nodes measured adds up, for an author on one of them', async () => {
  const [redis, database] = await Promise.all([startRedis(), freshDatabase()]);
  const parts = { databaseUrl: database.url, REDIS_URL: redis.url };
  const [one, two] = [await startApp(parts), await startApp(parts)];
  const id = await liveCampaign(one.url);
  const [tab] = await crowd(one.url, id, [alice, null, null]);
  await crowd(two.url, id, [null, 12, 13]);
  const post = await user(two.url, alice);
  const { body: comment } = await post('POST', `/campaigns/${id}/comments`, { text: 'hello' });
  await eventually(
    () => expect(tab && receiptsOf(tab).at(-1)?.data).toMatchObject({ commentId: comment.id, sockets: 5 }),
    {
      within: 6_000,
    },
  );
  await redis.stop();
});
