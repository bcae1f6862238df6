import { expect, it } from 'vitest';
import { apiAs, liveCampaign } from '../support/api.ts';
import { startApp, token } from '../support/app.ts';
import { watch } from '../support/watcher.ts';

it('sends a campaign’s counters at most ten times a second, and always ends on the true values', async () => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  const watcher = await watch(app.url);
  await watcher.subscribe({ stream: `campaign:${id}` });
  const started = performance.now();
  const people = await Promise.all(Array.from({ length: 400 }, async (_, n) => apiAs(app.url, await token(1_000 + n))));
  for (let start = 0; start < people.length; start += 20) {
    await Promise.all(
      people.slice(start, start + 20).map((person) => person('PUT', `/campaigns/${id}/reactions/like`)),
    );
  }
  await watcher.until('campaign:counters', (data) => data.likes === 400);
  const seconds = (performance.now() - started) / 1_000;
  const frames = watcher.states.filter((frame) => frame.name === 'campaign:counters');
  expect(frames.length).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 2);
  expect(frames.length).toBeGreaterThan(1);
  const versions = frames.map((frame) => frame.version ?? 0);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  expect(frames.map((frame) => frame.data.likes)).toEqual(
    frames.map((frame) => frame.data.likes).sort((a, b) => a - b),
  );
});
