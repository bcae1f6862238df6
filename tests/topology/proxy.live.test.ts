import { execFileSync } from 'node:child_process';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectPromisesKept } from '../faults/promises.ts';
import { type Api, liveCampaign, user } from '../support/api.ts';
import { type Follower, follow } from '../support/follower.ts';
import { eventually } from '../support/poll.ts';
import { root } from '../support/processes.ts';
import { watch } from '../support/watcher.ts';
import { startWriters } from '../support/writers.ts';
import { startTopology } from './two-nodes-behind-proxy.ts';

let topology: Awaited<ReturnType<typeof startTopology>>;
let campaignId: number;
let ada: Api;

beforeAll(async () => {
  execFileSync(process.execPath, ['--import', 'tsx', 'client-demo/build.ts'], { cwd: root });
  topology = await startTopology();
  campaignId = await liveCampaign(topology.url);
  ada = await user(topology.url, 71);
}, 120_000);
afterAll(() => topology?.stop());

/** How many of the sockets are with each node. */
async function socketsOfNodes(): Promise<number[]> {
  const texts = await Promise.all([0, 1].map(async (n) => (await fetch(`${topology.node(n).url}/metrics`)).text()));
  return texts.map((text) => Number(/^socket_io_connected (\d+)$/m.exec(text)?.[1]));
}

it('the page and what it needs come through the proxy; the metrics of a node do not', async () => {
  const page = await fetch(`${topology.url}/campaigns/${campaignId}`);
  expect(page.status).toBe(200);
  const html = await page.text();
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
  expect((await fetch(topology.url + script)).status).toBe(200);
  expect((await ada('GET', `/campaigns/${campaignId}`)).status).toBe(200);
  expect((await fetch(`${topology.url}/readyz`)).status).toBe(200);
  expect((await fetch(`${topology.url}/metrics`)).status).toBe(404);
});

it('likes and comments reach the sockets of both nodes, which the proxy shares out', async () => {
  const watchers = [];
  for (let n = 0; n < 4; n++) watchers.push(await watch(topology.url));
  for (const { subscribe } of watchers) await subscribe({ stream: `campaign:${campaignId}` });
  expect(await socketsOfNodes()).toEqual([2, 2]);
  expect((await ada('PUT', `/campaigns/${campaignId}/reactions/like`)).status).toBe(201);
  expect((await ada('POST', `/campaigns/${campaignId}/comments`, { text: 'through the proxy' })).status).toBe(201);
  for (const { until } of watchers) {
    await until('campaign:counters', (data) => data.likes === 1);
    await until('comment:created', (data) => data.text === 'through the proxy');
  }
  for (const { socket } of watchers) socket.close();
});

it('long polling stays with one node, and takes a WebSocket over there', async () => {
  for (const transports of [['polling'], ['polling', 'websocket']]) {
    for (let n = 0; n < 3; n++) {
      const socket = io(topology.url, { transports, forceNew: true, reconnection: false });
      let errors = 0;
      socket.io.on('error', () => errors++);
      await new Promise((resolve, reject) => socket.once('connect', () => resolve(null)).once('connect_error', reject));
      const answer = await socket.timeout(5_000).emitWithAck('subscribe', { stream: `campaign:${campaignId}` });
      expect(answer).toMatchObject({ ok: true });
      const transport = () => expect(socket.io.engine.transport.name).toBe(transports.at(-1));
      await eventually(transport, { within: 5_000 });
      const seen = new Promise((resolve) => socket.once('comment:created', (frame) => resolve(frame.data.text)));
      const text = `for ${transports} ${n}`;
      expect((await ada('POST', `/campaigns/${campaignId}/comments`, { text })).status).toBe(201);
      expect(await seen).toBe(text);
      transport();
      expect(errors).toBe(0);
      socket.close();
    }
  }
}, 30_000);

it('when a node is killed its clients go on over the other, long polling too, and nothing is lost', async () => {
  const followers: Follower[] = [];
  for (let n = 0; n < 4; n++) followers.push(await follow(topology.url, `campaign:${campaignId}`));
  for (let n = 0; n < 2; n++) {
    followers.push(await follow(topology.url, `campaign:${campaignId}`, { transports: ['polling'] }));
  }
  const writers = await startWriters([topology.url], campaignId, 4, 20);
  for (const n of [0, 1]) {
    const soFar = writers.acknowledged.length;
    await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(soFar + 40), { within: 20_000 });
    topology.node(n).kill('SIGKILL');
    await topology.node(n).exited;
    const withOne = followers.map(({ applied }) => applied.length);
    // All of them, over the node that is left.
    await eventually(
      () => expect(followers.every(({ applied }, at) => applied.length > (withOne[at] ?? 0) + 20)).toBe(true),
      { within: 15_000 },
    );
    await topology.startAgain(n);
  }
  await writers.stop();
  expect(writers.refused).toEqual([]);
  const { databaseUrl } = topology;
  await expectPromisesKept({ databaseUrl, campaignId, acknowledged: writers.acknowledged, followers });
}, 90_000);
