import { expect, it } from 'vitest';
import { liveCampaign } from '../support/api.ts';
import { secret } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { type Follower, follow } from '../support/follower.ts';
import { eventually } from '../support/poll.ts';
import { startServerProcess } from '../support/processes.ts';
import { startWriters } from '../support/writers.ts';
import { expectPromisesKept } from './promises.ts';

const env = { JWT_SECRET: secret, RATE_LIMITS: 'off' };

it('kill -9 of the server in the middle of writing loses nothing that was acknowledged, and every client ends complete', async () => {
  const { url: databaseUrl } = await freshDatabase();
  let server = await startServerProcess({ databaseUrl, env });
  const port = Number(new URL(server.url).port);
  const campaignId = await liveCampaign(server.url);
  const followers: Follower[] = [];
  for (let n = 0; n < 3; n++) followers.push(await follow(server.url, `campaign:${campaignId}`));
  const writers = await startWriters([server.url], campaignId, 8);

  for (let round = 1; round <= 2; round++) {
    await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(round * 60), { within: 20_000 });
    server.kill('SIGKILL');
    await server.exited;
    server = await startServerProcess({ databaseUrl, env, port });
    // The next kill has to find everybody back.
    await eventually(
      () => expect(Math.min(...followers.map((follower) => follower.told.subscribes))).toBeGreaterThan(round),
      { within: 15_000 },
    );
  }
  const soFar = writers.acknowledged.length;
  await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(soFar + 60), { within: 20_000 });
  await writers.stop();

  expect(writers.refused).toEqual([]);
  await expectPromisesKept({ databaseUrl, campaignId, acknowledged: writers.acknowledged, followers });
  for (const follower of followers) expect(follower.told.subscribes).toBeGreaterThanOrEqual(3);
}, 90_000);

it('SIGTERM fails readyz, commits what was accepted and exits 0 within 30 s', async () => {
  const { url: databaseUrl } = await freshDatabase();
  const server = await startServerProcess({ databaseUrl, env });
  const campaignId = await liveCampaign(server.url);
  const follower = await follow(server.url, `campaign:${campaignId}`);
  let drained: unknown;
  follower.socket.on('server:draining', (notice) => {
    drained = notice;
  });
  const writers = await startWriters([server.url], campaignId, 4);
  await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(20), { within: 20_000 });
  server.kill('SIGTERM');
  expect(await server.exited).toMatchObject({ code: 0 });
  expect(drained).toMatchObject({ reconnectInMs: expect.any(Number) });
  const next = await startServerProcess({ databaseUrl, env, port: Number(new URL(server.url).port) });
  await writers.stop();
  await expectPromisesKept({ databaseUrl, campaignId, acknowledged: writers.acknowledged, followers: [follower] });
  await next[Symbol.asyncDispose]();
}, 60_000);
