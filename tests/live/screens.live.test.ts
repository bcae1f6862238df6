import { beforeAll, describe, expect, it } from 'vitest';
import { removalDataSchema } from '../../server/contract/live.ts';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startRedis } from '../support/redis.ts';
import { type Watcher, watch } from '../support/watcher.ts';

let nodes: TestApp[];
let id: number;
let ada: Api;
let mia: Api;
let desk: Watcher;
beforeAll(async () => {
  const { url: databaseUrl } = await freshDatabase();
  const { url: REDIS_URL } = await startRedis();
  nodes = [await startApp({ databaseUrl, REDIS_URL }), await startApp({ databaseUrl, REDIS_URL })];
  const [first] = nodes as [TestApp];
  id = await liveCampaign(first.url);
  ada = await user(first.url, 11, 'Ada');
  const bearer = await token(70, { roles: ['moderator'], name: 'Mia' });
  mia = apiAs(first.url, bearer);
  desk = await watch(first.url, { token: bearer });
  expect(await desk.subscribe({ stream: 'moderation' })).toMatchObject({ ok: true });
});

/** Sockets on both nodes in turn that watch the campaign. */
async function crowd(size: number): Promise<Watcher[]> {
  const watchers = await Promise.all(Array.from({ length: size }, (_, n) => watch(nodes[n % 2]?.url ?? '')));
  for (const one of watchers) expect(await one.subscribe({ stream: `campaign:${id}` })).toMatchObject({ ok: true });
  return watchers;
}
const says = (watcher: Watcher, rendered: object) =>
  watcher.socket.timeout(5_000).emitWithAck('rendered', { campaignId: id, ...rendered });
const removalsOf = (commentId: number) =>
  desk.states.filter(({ name, data }) => name === 'moderation:removal' && data.commentId === commentId);

describe('screens', () => {
  it('that say they show a comment are counted at the desk, over all nodes', async () => {
    const { body: comment } = await ada('POST', `/campaigns/${id}/comments`, { text: 'seen by some' });
    const watchers = await crowd(5);
    for (const one of watchers.slice(0, 3)) expect(await says(one, { shown: [comment.id] })).toEqual({ ok: true });
    await ada('POST', `/comments/${comment.id}/flags`, { reason: 'other' });
    const shown = async () => (await mia('GET', `/moderation/items/${comment.id}`)).body.screens;
    await eventually(async () => expect(await shown()).toBe(3), { within: 8_000 });
    await desk.until('moderation:screens', ({ items }) =>
      items.some((one: { commentId: number; screens: number }) => one.commentId === comment.id && one.screens === 3),
    );
    watchers[0]?.socket.disconnect();
    await eventually(async () => expect(await shown()).toBe(2), { within: 8_000 });
    for (const one of watchers) one.socket.disconnect();
  });

  it('are rid of a removed comment one by one, and the desk sees when all are', async () => {
    const { body: comment } = await ada('POST', `/campaigns/${id}/comments`, { text: 'soon to go' });
    const watchers = await crowd(6);
    for (const one of watchers) await says(one, { shown: [comment.id] });
    for (const one of watchers.slice(0, 4)) {
      one.socket.on('comment:removed', ({ data }: { data: { id: number } }) => void says(one, { gone: [data.id] }));
    }
    const decision = { action: 'reject', reason: 'other', revision: 1 };
    expect((await mia('POST', `/moderation/items/${comment.id}/decisions`, decision)).status).toBe(201);
    await eventually(
      () => expect(removalsOf(comment.id).at(-1)?.data).toMatchObject({ screens: 6, gone: 4, ms: null }),
      { within: 5_000 },
    );
    for (const one of watchers) one.socket.disconnect();
    await eventually(() => expect(removalsOf(comment.id).at(-1)?.data).toMatchObject({ screens: 6, gone: 6 }), {
      within: 5_000,
    });
    const seen = removalsOf(comment.id).map(({ data }) => removalDataSchema.parse(data));
    expect(seen.at(-1)?.ms).toBeGreaterThan(0);
    const versions = removalsOf(comment.id).map(({ version }) => version ?? 0);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  it('say nothing of a campaign that they don’t watch', async () => {
    const stranger = await watch(nodes[0]?.url ?? '');
    expect(await says(stranger, { shown: [1] })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await says(stranger, { shown: ['x'] })).toMatchObject({ ok: false, error: { code: 'invalid_payload' } });
  });
});
