import { expect, it } from 'vitest';
import { liveCampaign } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { watch } from '../support/watcher.ts';
import { getStuck } from './stuck-socket.ts';

it('readyz says that the server goes down before nobody answers, and no socket gets in', async () => {
  const app = await startApp({ SHUTDOWN_DELAY_MS: '1000' });
  const socket = await watch(app.url);
  const told = new Promise((resolve) => socket.socket.once('server:draining', resolve));
  const stopped = app.stop();
  await told;
  const answer = await fetch(`${app.url}/readyz`);
  expect([answer.status, await answer.json()]).toEqual([
    503,
    expect.objectContaining({ reasons: expect.arrayContaining(['the server is shutting down']) }),
  ]);
  await expect(watch(app.url)).rejects.toThrow('websocket error');
  await stopped;
  await expect(fetch(`${app.url}/readyz`)).rejects.toThrow();
});

it.each(['still has its place', 'is given up by its client'])(
  'a server that is told to stop does not wait for a connection that takes nothing and %s',
  async (which) => {
    const app = await startApp();
    const id = await liveCampaign(app.url);
    const [stuck, witness] = [await watch(app.url), await watch(app.url)];
    for (const watcher of [stuck, witness]) await watcher.subscribe({ stream: `campaign:${id}` });
    await getStuck(app, id, stuck, witness);
    if (which === 'is given up by its client') stuck.socket.close();
    const started = performance.now();
    await app.stop();
    expect(performance.now() - started).toBeLessThan(20_000); // waiting for it would take half a minute
  },
  60_000,
);
