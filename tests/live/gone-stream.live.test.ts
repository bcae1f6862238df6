import { expect, it } from 'vitest';
import { liveCampaign, user } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { watch } from '../support/watcher.ts';

it.each([
  ['is gone', `delete from live_stream where stream = $1`],
  ['stands further back', `update live_stream set head = head - 1 where stream = $1`],
])('who follows a stream that %s, as after a restore of the database, is sent to start over', async (_, restore) => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  const alice = await user(app.url, 11, 'Alice');
  await alice('POST', `/campaigns/${id}/comments`, { text: 'before' });
  const watcher = await watch(app.url);
  const stream = `campaign:${id}`;
  const { epoch, seq } = await watcher.subscribe({ stream });
  const back = watcher.cutAndBack();
  await app.pool.query(restore, [stream]);
  await back;
  const answer = await watcher.subscribe({ stream, epoch, seq });
  expect(answer.ok ? answer.mode : answer.error.code).toMatch(/reset|not_found/);
});
