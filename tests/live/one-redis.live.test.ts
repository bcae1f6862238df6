import { expect, it } from 'vitest';
import { liveCampaign, user } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startRedis } from '../support/redis.ts';
import { watch } from '../support/watcher.ts';

it('two deployments on one Redis hear nothing of each other, though their campaigns have the same number', async () => {
  await using redis = await startRedis();
  const sides = [];
  for (let n = 0; n < 2; n++) {
    const { url: databaseUrl } = await freshDatabase();
    const app = await startApp({ databaseUrl, REDIS_URL: redis.url, RATE_LIMITS: 'on' });
    const id = await liveCampaign(app.url);
    const watcher = await watch(app.url);
    await watcher.subscribe({ stream: `campaign:${id}` });
    sides.push({ app, id, watcher });
  }
  const [one, two] = sides as [(typeof sides)[0], (typeof sides)[0]];
  expect(two.id).toBe(one.id);
  for (const { app, id, watcher } of sides) {
    const ada = await user(app.url, 5, 'Ada');
    // Each a user's whole budget, so neither has taken of the other's.
    for (let n = 0; n < 5; n++) {
      expect((await ada('POST', `/campaigns/${id}/comments`, { text: `on ${app.url}, ${n}` })).status).toBe(201);
    }
    await eventually(() => expect(watcher.log).toHaveLength(5), { within: 5_000 });
    await watcher.until('campaign:presence', (data) => data.viewers === 1);
  }
  await eventually(
    async () => {
      const beat = await fetch(`${two.app.url}/metrics`).then((answer) => answer.text());
      expect(beat).toMatch(/^pulse_relay_leader 1$/m);
    },
    { within: 5_000 },
  );
  for (const { app, watcher } of sides) {
    expect(watcher.log.every(({ data }) => data.text.startsWith(`on ${app.url},`))).toBe(true);
    expect(watcher.states.filter(({ name, data }) => name === 'campaign:presence' && data.viewers > 1)).toEqual([]);
    await app.stop();
  }
});
