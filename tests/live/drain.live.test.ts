import { expect, it } from 'vitest';
import { liveCampaign } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { watch } from '../support/watcher.ts';
import { getStuck } from './stuck-socket.ts';

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
    expect(performance.now() - started).toBeLessThan(6_000);
  },
  60_000,
);
