import { expect, it } from 'vitest';
import { liveCampaign, user } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startRedis } from '../support/redis.ts';
import { watch } from '../support/watcher.ts';

async function twoNodes(redisUrl: string) {
  const database = await freshDatabase();
  const one = await startApp({ databaseUrl: database.url, REDIS_URL: redisUrl });
  const two = await startApp({ databaseUrl: database.url, REDIS_URL: redisUrl });
  const id = await liveCampaign(one.url);
  const watchers = [await watch(one.url), await watch(two.url)];
  for (const watcher of watchers)
    expect(await watcher.subscribe({ stream: `campaign:${id}` })).toMatchObject({ ok: true });
  const alice = await user(one.url, 5, 'Alice');
  const bob = await user(two.url, 6, 'Bob');
  return { one, two, id, watchers, alice, bob };
}

it('two nodes with Redis between them show both sides the same, each event once', async () => {
  const redis = await startRedis();
  const { id, watchers, alice, bob } = await twoNodes(redis.url);
  for (let n = 0; n < 20; n++) {
    await alice('POST', `/campaigns/${id}/comments`, { text: `a${n}` });
    await bob('POST', `/campaigns/${id}/comments`, { text: `b${n}` });
  }
  const { body: end } = await alice('GET', `/campaigns/${id}/comments?limit=1`);
  for (const watcher of watchers) {
    await watcher.until('campaign:counters', (data) => data.comments === 40);
    await eventually(() => expect(watcher.log.at(-1)?.seq).toBe(end.seq), { within: 5_000 });
    expect(watcher.log.map((frame) => frame.seq)).toEqual(watcher.log.map((_, n) => end.seq - 39 + n));
  }
  await redis.stop();
});

it('with Redis dead both nodes go on, each for its own sockets', async () => {
  const redis = await startRedis();
  const { one, two, id, watchers, alice, bob } = await twoNodes(redis.url);
  await alice('POST', `/campaigns/${id}/comments`, { text: 'before' });
  for (const watcher of watchers) await watcher.until('comment:created', (data) => data.text === 'before');
  redis.kill();
  await alice('POST', `/campaigns/${id}/comments`, { text: 'without Redis, from one' });
  await bob('POST', `/campaigns/${id}/comments`, { text: 'without Redis, from two' });
  await bob('PUT', `/campaigns/${id}/reactions/like`);
  for (const watcher of watchers) {
    await watcher.until('comment:created', (data) => data.text === 'without Redis, from one', 10_000);
    await watcher.until('comment:created', (data) => data.text === 'without Redis, from two', 10_000);
    await watcher.until('campaign:counters', (data) => data.likes === 1, 10_000);
    expect(new Set(watcher.log.map((frame) => frame.seq)).size).toBe(watcher.log.length);
  }
  for (const node of [one, two]) {
    const ready = await fetch(`${node.url}/readyz`);
    expect({ status: ready.status, body: await ready.json() }).toMatchObject({
      status: 200,
      body: { status: 'degraded' },
    });
  }
}, 40_000);
