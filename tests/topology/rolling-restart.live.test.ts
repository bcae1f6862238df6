import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { expectPromisesKept } from '../faults/promises.ts';
import { liveCampaign } from '../support/api.ts';
import { type Follower, follow } from '../support/follower.ts';
import { eventually } from '../support/poll.ts';
import { startWriters } from '../support/writers.ts';
import { startTopology } from './two-nodes-behind-proxy.ts';

const clients = 50;
/** nginx counts in whole seconds: a node that refused has another chance after one, which can take nearly two. */
const forgivenAfterMs = 2_100;

/** Nearest rank. */
const percentile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

it('a rolling restart behind the proxy loses no write and no event, and keeps no client waiting for 2 s', async () => {
  const topology = await startTopology({ RATE_LIMITS: 'off' });
  try {
    const { url, databaseUrl } = topology;
    const campaignId = await liveCampaign(url);
    const followers: Follower[] = [];
    for (let n = 0; n < clients; n++) followers.push(await follow(url, `campaign:${campaignId}`));
    const writers = await startWriters([url], campaignId, 4, 80);
    await eventually(() => expect(Math.min(...followers.map(({ applied }) => applied.length))).toBeGreaterThan(20), {
      within: 20_000,
    });
    // What this machine makes of it without any restart, for comparison.
    for (const follower of followers) follower.listenAnew();
    await delay(3_000);
    const quiet = followers.map((follower) => follower.longestSilenceMs());
    for (const follower of followers) follower.listenAnew();

    for (const n of [0, 1]) {
      topology.node(n).kill('SIGTERM');
      expect(await topology.node(n).exited).toMatchObject({ code: 0 });
      const again = await topology.startAgain(n);
      await eventually(async () => expect((await fetch(`${again.url}/readyz`)).status).toBe(200), { within: 15_000 });
      await delay(forgivenAfterMs);
    }
    const soFar = writers.acknowledged.length;
    await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(soFar + 40), { within: 20_000 });
    const silences = followers.map((follower) => follower.longestSilenceMs());
    await writers.stop();

    expect(writers.refused).toEqual([]);
    await expectPromisesKept({ databaseUrl, campaignId, acknowledged: writers.acknowledged, followers });
    const figures = [0.5, 0.99, 1].map((share) => Math.round(percentile(silences, share)));
    console.log(
      `rolling restart of two nodes: the longest silence of ${clients} clients was ${figures[0]} ms at p50, ` +
        `${figures[1]} ms at p99, ${figures[2]} ms at most (${Math.round(percentile(quiet, 0.99))} ms at p99 before it); ` +
        `${writers.acknowledged.length} writes acknowledged, ` +
        `${writers.repeats()} requests sent again`,
    );
    expect(figures[1]).toBeLessThan(2_000);
  } finally {
    await topology.stop();
  }
}, 120_000);
