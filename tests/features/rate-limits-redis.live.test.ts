import { Redis as RedisClient } from 'ioredis';
import { expect, it } from 'vitest';
import { liveCampaign, user } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startRedis } from '../support/redis.ts';
import { commenting, letThrough, liking } from './rate-limits.ts';

async function twoNodes(redisUrl: string, limits: NodeJS.ProcessEnv = {}) {
  const database = await freshDatabase();
  const environment = {
    databaseUrl: database.url,
    REDIS_URL: redisUrl,
    RATE_LIMITS: 'on',
    RATE_LIMIT_REACTIONS: '10/3s',
    ...limits,
  };
  const [one, two] = [await startApp(environment), await startApp(environment)];
  return { one, two, id: await liveCampaign(one.url) };
}

/** Counted in Redis: both nodes take from one budget. */
async function budgetIsShared({ one, two, id }: Awaited<ReturnType<typeof twoNodes>>, userId: number) {
  const [here, there] = [await user(one.url, userId), await user(two.url, userId)];
  return letThrough(30, (n) => liking(n % 2 ? here : there, id)());
}

it('two nodes with one Redis share the budgets, and each key in Redis ends with its window', async () => {
  await using redis = await startRedis();
  const nodes = await twoNodes(redis.url);
  const { one, two, id } = nodes;
  const [here, there] = [await user(one.url, 5), await user(two.url, 5)];
  expect(await letThrough(12, (n) => commenting(n % 2 ? here : there, id)(n))).toBe(5);
  const refused = await commenting(there, id)(0);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^[1-3]$/)]);
  expect(await letThrough(8, commenting(await user(two.url, 6), id))).toBe(5);
  expect(await budgetIsShared(nodes, 7)).toBe(10);

  const client = new RedisClient(redis.url);
  const keys = await client.keys('pulse:*:limit:*');
  expect(keys.map((key) => key.replace(/^pulse:[\d.]+:/, ''))).toContain('limit:comments-burst:user 5');
  for (const key of keys) expect(await client.pttl(key)).toBeLessThanOrEqual(60_000);
  client.disconnect();
  await Promise.all([one.stop(), two.stop()]);
});

it('with Redis dead each node goes on by itself at once, and with Redis back they share again', async () => {
  const redis = await startRedis();
  const nodes = await twoNodes(redis.url, { RATE_LIMIT_COMMENTS: '1/9s+4/m' });
  const { one, two, id } = nodes;
  await redis.kill();
  const began = performance.now();
  for (const node of [one, two]) expect(await letThrough(9, commenting(await user(node.url, 8), id))).toBe(5);
  for (let n = 0; n < 5; n++) expect((await liking(await user(one.url, 9), id)()).status).toBeLessThan(300);
  expect(performance.now() - began).toBeLessThan(2_000);

  await using again = await startRedis({ port: redis.port });
  let nextUser = 1_000;
  await eventually(async () => expect(await budgetIsShared(nodes, nextUser++)).toBe(10), { within: 10_000 });
  expect(again.port).toBe(redis.port);
  await Promise.all([one.stop(), two.stop()]);
}, 40_000);

it('a Redis that hangs holds up the requests of one moment, for a fraction of a second', async () => {
  await using redis = await startRedis();
  const nodes = await twoNodes(redis.url, { RATE_LIMIT_REACTIONS: '30/m' });
  const client = new RedisClient(redis.url);
  await client.call('client', 'pause', '5000', 'ALL');
  const as = await user(nodes.one.url, 10);
  const took = [];
  for (let n = 0; n < 20; n++) {
    const began = performance.now();
    expect((await liking(as, nodes.id)()).status).toBeLessThan(300);
    took.push(performance.now() - began);
  }
  expect(took.filter((ms) => ms > 140).length).toBeLessThanOrEqual(2);
  expect(Math.max(...took)).toBeLessThan(1_000);
  client.disconnect();
  await Promise.all([nodes.one.stop(), nodes.two.stop()]);
});
