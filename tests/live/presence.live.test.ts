import { expect, it } from 'vitest';
import { liveCampaign } from '../support/api.ts';
import { secret, startApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startServerProcess } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';
import { type Watcher, watch } from '../support/watcher.ts';

const presenceOf = ({ states }: Watcher) => states.filter(({ name }) => name === 'campaign:presence');
const shows = (watcher: Watcher, viewers: number, typing: number, within: number) =>
  eventually(() => expect(presenceOf(watcher).at(-1)?.data).toMatchObject({ viewers, typing }), { within });

it('presence is the sum over nodes, and a node’s own while Redis is dead; a killed node’s viewers go', async () => {
  const redis = await startRedis();
  const database = await freshDatabase();
  const one = await startApp({ databaseUrl: database.url, REDIS_URL: redis.url });
  const env = { JWT_SECRET: secret };
  const two = await startServerProcess({ databaseUrl: database.url, redisUrl: redis.url, env });
  const three = await startServerProcess({ databaseUrl: database.url, redisUrl: redis.url, env });
  const id = await liveCampaign(one.url);
  const stream = `campaign:${id}`;
  const join = async (url: string, userId: number) => {
    const watcher = await watch(url, { token: await token(userId) });
    expect(await watcher.subscribe({ stream })).toMatchObject({ ok: true });
    return watcher;
  };

  const a = await join(one.url, 1);
  const [b, c] = [await join(two.url, 2), await join(two.url, 3)];
  const d = await join(three.url, 4);
  await Promise.all([a, b, d].map((watcher) => shows(watcher, 4, 0, 3_000)));
  await b.socket.emitWithAck('typing', { campaignId: id });
  await Promise.all([a, b, d].map((watcher) => shows(watcher, 4, 1, 3_000)));
  await shows(a, 4, 0, 9_000);
  for (const watcher of [a, b, d]) {
    const versions = presenceOf(watcher).map(({ version }) => version ?? 0);
    expect(versions).toEqual([...versions].sort((x, y) => x - y));
  }

  c.socket.close();
  await shows(a, 3, 0, 3_000);
  three.kill('SIGKILL');
  await three.exited;
  const killedAt = performance.now();
  await Promise.all([a, b].map((watcher) => shows(watcher, 2, 0, 15_000)));
  expect(performance.now() - killedAt).toBeLessThan(15_000);
  two.kill('SIGTERM');
  await two.exited;
  await shows(a, 1, 0, 3_000);

  const again = await startServerProcess({ databaseUrl: database.url, redisUrl: redis.url, env });
  const e = await join(again.url, 5);
  await Promise.all([a, e].map((watcher) => shows(watcher, 2, 0, 4_000)));
  await redis.kill();
  await Promise.all([a, e].map((watcher) => shows(watcher, 1, 0, 15_000)));
}, 120_000);
