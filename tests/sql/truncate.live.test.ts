import { expect, it } from 'vitest';
import { liveCampaign, user } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { watch } from '../support/watcher.ts';
import { freshGlass, readerOf } from './reader.ts';

it.each(['campaign_engagement', 'campaign_impressions'])(
  'who watches a campaign while another program truncates %s sees it empty, and what is written then',
  async (table) => {
    const app = await startApp();
    const id = await liveCampaign(app.url);
    const alice = await user(app.url, 11, 'Alice');
    const comment = async (text: string, parentId?: number): Promise<number> =>
      (await alice('POST', `/campaigns/${id}/comments`, { text, ...(parentId ? { parentId } : {}) })).body.id;
    const top = await comment('before');
    await comment('reply', top);
    await alice('PUT', `/campaigns/${id}/reactions/like`);
    await app.pool.query(`insert into campaign_impressions (campaign_id, session_id) values ($1, 's1')`, [id]);
    const readers = [await readerOf(app.url, id), await readerOf(app.url, id)];
    const all = async (glass: object) => {
      for (const reader of readers) {
        await eventually(async () => expect(await reader.glass()).toMatchObject(glass), { within: 6_000 });
      }
    };
    await all({ comments: 2, likes: 1, top: [{ id: top }] });
    await app.pool.query(`truncate ${table} cascade`);
    await all({ comments: 0, likes: 0, top: [] });
    const after = await comment('after');
    await all({ comments: 1, likes: 0, top: [{ id: after, text: 'after', below: [] }] });
    await all(await freshGlass(app.url, id));
  },
);

it('the counters of a truncation are told at once, and a position from before it is reset within two seconds', async () => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  const alice = await user(app.url, 11, 'Alice');
  await alice('POST', `/campaigns/${id}/comments`, { text: 'before' });
  const watcher = await watch(app.url);
  const stream = `campaign:${id}`;
  const { epoch, seq } = await watcher.subscribe({ stream });
  const back = watcher.cutAndBack();
  const started = performance.now();
  await app.pool.query('truncate campaign_engagement cascade');
  await watcher.until('campaign:counters', (data) => data.comments === 0, 1_000);
  expect((await back) - started).toBeLessThan(3_000);
  expect(await watcher.subscribe({ stream, epoch, seq })).toMatchObject({ ok: true, mode: 'reset', seq });
});
