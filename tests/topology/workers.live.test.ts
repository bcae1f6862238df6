import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectPromisesKept } from '../faults/promises.ts';
import { liveCampaign, user } from '../support/api.ts';
import { secret } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { type Follower, follow } from '../support/follower.ts';
import { eventually } from '../support/poll.ts';
import { startServerProcess } from '../support/processes.ts';
import { type Redis, startRedis } from '../support/redis.ts';
import { startWriters } from '../support/writers.ts';
import { descendants, isAlive, workersListening } from './worker-pids.ts';

const env = { JWT_SECRET: secret, WORKERS: '2' };

let redis: Redis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

async function twoWorkers() {
  const { url: databaseUrl } = await freshDatabase();
  const server = await startServerProcess({ databaseUrl, redisUrl: redis.url, env });
  const pids = await workersListening(server, 2);
  return { databaseUrl, server, pids };
}

async function followers(url: string, campaignId: number, count: number): Promise<Follower[]> {
  const all: Follower[] = [];
  for (let n = 0; n < count; n++) all.push(await follow(url, `campaign:${campaignId}`));
  return all;
}

/** The sum of a metric over its labels. */
async function measured(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const values = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  return values.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

it('two workers share the port and the sockets; what is written through one reaches the sockets of both', async () => {
  const { server, pids } = await twoWorkers();
  expect(new Set(pids).size).toBe(2);
  const campaignId = await liveCampaign(server.url);
  const all = await followers(server.url, campaignId, 6);
  const reply = await (await user(server.url, 41))('POST', `/campaigns/${campaignId}/comments`, {
    text: 'to everybody',
  });
  expect(reply.status).toBe(201);
  for (const { applied } of all) {
    await eventually(() => expect(applied.map((frame) => frame.data.text)).toEqual(['to everybody']), {
      within: 5_000,
    });
  }
  // Whichever worker is asked, it answers for both.
  for (let n = 0; n < 4; n++) expect(await measured(server.url, 'socket_io_connected')).toBe(6);
  expect(await measured(server.url, 'pulse_workers')).toBe(2);
  const polled = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`);
  expect([polled.status, await polled.json()]).toEqual([400, { code: 0, message: 'Transport unknown' }]);
  expect(await measured(server.url, 'pulse_relay_leader')).toBe(1);
  await eventually(async () => expect(await measured(server.url, 'pulse_listen_live')).toBe(1), { within: 5_000 });

  let cut = 0;
  for (const { socket } of all) socket.once('disconnect', () => cut++);
  process.kill(pids[0] ?? 0, 'SIGKILL');
  await workersListening(server, 3);
  expect(cut).toBe(3);
  server.kill('SIGTERM');
  expect(await server.exited).toMatchObject({ code: 0 });
}, 120_000);

it('kill -9 of a worker, the relay and then the other, loses nothing that was acknowledged; each is replaced', async () => {
  const { databaseUrl, server, pids } = await twoWorkers();
  const campaignId = await liveCampaign(server.url);
  const all = await followers(server.url, campaignId, 4);
  const writers = await startWriters([server.url], campaignId, 6);
  for (const [n, pid] of pids.entries()) {
    const soFar = writers.acknowledged.length;
    await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(soFar + 60), { within: 20_000 });
    const counted = await measured(server.url, 'pulse_http_request_duration_seconds_count');
    process.kill(pid, 'SIGKILL');
    await workersListening(server, 3 + n);
    // What the dead worker had counted is still in the sum.
    expect(await measured(server.url, 'pulse_http_request_duration_seconds_count')).toBeGreaterThan(counted);
    expect(await measured(server.url, 'pulse_worker_deaths_total')).toBe(n + 1);
  }
  const soFar = writers.acknowledged.length;
  await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(soFar + 60), { within: 20_000 });
  await writers.stop();
  expect(writers.refused).toEqual([]);
  await expectPromisesKept({ databaseUrl, campaignId, acknowledged: writers.acknowledged, followers: all });
}, 120_000);

it('SIGTERM lets every worker drain, commits what was accepted and exits 0 within 30 s; no process stays', async () => {
  const { databaseUrl, server } = await twoWorkers();
  const campaignId = await liveCampaign(server.url);
  const all = await followers(server.url, campaignId, 4);
  const told = new Set<Follower>();
  for (const follower of all) follower.socket.on('server:draining', () => told.add(follower));
  const writers = await startWriters([server.url], campaignId, 4);
  await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(20), { within: 20_000 });
  const family = descendants(server.pid);
  expect(family.length).toBeGreaterThanOrEqual(2);
  const asked = performance.now();
  server.kill('SIGTERM');
  expect(await server.exited).toMatchObject({ code: 0 });
  expect(performance.now() - asked).toBeLessThan(30_000);
  expect(family.filter(isAlive)).toEqual([]);
  expect(told.size).toBe(all.length);

  const port = Number(new URL(server.url).port);
  const next = await startServerProcess({ databaseUrl, redisUrl: redis.url, env, port });
  await writers.stop();
  await expectPromisesKept({ databaseUrl, campaignId, acknowledged: writers.acknowledged, followers: all });
  await next[Symbol.asyncDispose]();
}, 120_000);

it('Ctrl-C reaches the primary and its workers alike, and is one stop', async () => {
  const { server, pids } = await twoWorkers();
  for (const pid of [...pids, server.pid]) process.kill(pid, 'SIGINT');
  expect(await server.exited).toMatchObject({ code: 0 });
}, 120_000);
