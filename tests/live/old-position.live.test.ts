import { expect, it } from 'vitest';
import { liveCampaign, user } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { watch } from '../support/watcher.ts';

it('whose position is the head gets the states that changed since, also when the newest event has left the window', async () => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  const alice = await user(app.url, 11, 'Alice');
  const stream = `campaign:${id}`;
  const comment = async (text: string) =>
    (await alice('POST', `/campaigns/${id}/comments`, { text })).body.id as number;
  const [before, since] = [await comment('liked before'), await comment('liked since')];
  await alice('PUT', `/comments/${before}/like`);
  await comment('said a minute before the newest event');
  await app.pool.query(`update live_event set at = at - interval '1 minute' where stream = $1`, [stream]);
  await comment('the newest event');
  const { body: page } = await alice('GET', `/campaigns/${id}/comments?limit=1`);
  await alice('PUT', `/comments/${since}/like`);
  const watcher = await watch(app.url);
  const position = { stream, epoch: page.epoch, seq: page.seq };
  const inWindow = await watcher.subscribe(position);
  await app.pool.query('delete from live_event where stream = $1', [stream]);
  const outside = await watcher.subscribe(position);
  for (const answer of [inWindow, outside]) {
    expect(answer).toMatchObject({ ok: true, mode: 'live', events: [] });
    const liked = answer.state.filter(({ name }: { name: string }) => name === 'comment:counters');
    expect(liked.map(({ data }: { data: object }) => data)).toEqual([
      { campaignId: id, commentId: since, likes: 1, replies: 0, descendants: 0 },
    ]);
  }
});

it('whose position is the head gets the states from shortly before it too: an event may come and its states not', async () => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  const alice = await user(app.url, 11, 'Alice');
  const stream = `campaign:${id}`;
  const { body: liked } = await alice('POST', `/campaigns/${id}/comments`, { text: 'liked' });
  await alice('PUT', `/comments/${liked.id}/like`);
  await alice('POST', `/campaigns/${id}/comments`, { text: 'the newest event' });
  const { body: page } = await alice('GET', `/campaigns/${id}/comments?limit=1`);
  const watcher = await watch(app.url);
  const { mode, state } = await watcher.subscribe({ stream, epoch: page.epoch, seq: page.seq });
  expect(mode).toBe('live');
  expect(state.map(({ data }: { data: object }) => data)).toContainEqual(
    expect.objectContaining({ commentId: liked.id, likes: 1 }),
  );
});
