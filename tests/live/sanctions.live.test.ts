import { beforeAll, expect, it } from 'vitest';
import { apiAs, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { noticesOf } from '../support/notices.ts';
import { eventually } from '../support/poll.ts';
import { startRedis } from '../support/redis.ts';
import { watch } from '../support/watcher.ts';

let one: TestApp;
let two: TestApp;
beforeAll(async () => {
  const redis = await startRedis();
  const database = await freshDatabase();
  one = await startApp({ databaseUrl: database.url, REDIS_URL: redis.url });
  two = await startApp({ databaseUrl: database.url, REDIS_URL: redis.url });
});

/** Two nodes with Redis between them; moderators speak to the first, the restricted user is on both. */
async function scene(userId: number) {
  const campaignId = await liveCampaign(one.url);
  const desk = apiAs(one.url, await token(700, { roles: ['moderator'] }));
  const sanction = (body: object) => desk('POST', `/moderation/users/${userId}/sanctions`, { reason: 'spam', ...body });
  const lift = (kind: string) => desk('DELETE', `/moderation/users/${userId}/sanctions?kind=${kind}`);
  const bearer = await token(userId, { roles: ['advertiser'], advertiser_id: 5 });
  const watchers = [await watch(one.url, { token: bearer }), await watch(two.url, { token: bearer })];
  for (const watcher of watchers) {
    for (const stream of [`campaign:${campaignId}`, `advertiser:${campaignId}`, `user:${userId}`])
      expect(await watcher.subscribe({ stream })).toMatchObject({ ok: true });
  }
  return { campaignId, sanction, lift, bearer, watchers };
}

it('a ban reaches the writes and the sockets of every node within a second, and the user is told; a lift gives back', async () => {
  const { campaignId, sanction, lift, bearer, watchers } = await scene(40);
  const notices = watchers.map(({ socket }) => noticesOf(socket));
  const asked = performance.now();
  await sanction({ kind: 'ban' });
  const { body } = await apiAs(two.url, bearer)('PUT', `/campaigns/${campaignId}/reactions/like`);
  expect(body.code).toBe('banned');
  const told = await Promise.all(notices.map((one) => one.until('stream:closed', 3_000)));
  const heard = await Promise.all(watchers.map((one) => one.until('sanction:changed', ({ kind }) => kind === 'ban')));
  expect(performance.now() - asked).toBeLessThan(1_000);
  for (const { notice } of told) expect(notice.stream).toBe(`advertiser:${campaignId}`);
  for (const { stream, data } of heard)
    expect({ stream, data }).toMatchObject({ stream: 'user:40', data: { inForce: true } });
  for (const [place, watcher] of watchers.entries()) {
    expect(notices[place]?.seen).toHaveLength(1); // Nothing else was taken.
    expect(await watcher.subscribe({ stream: 'user:40', seq: 0 })).toMatchObject({ ok: true, seq: 1 });
  }
  await lift('ban');
  await Promise.all(watchers.map((one) => one.until('sanction:changed', ({ inForce }) => !inForce)));
  for (const watcher of watchers) {
    const again = () => watcher.subscribe({ stream: `advertiser:${campaignId}` });
    await eventually(async () => expect(await again()).toMatchObject({ ok: true }), { within: 2_000 });
  }
});

it('a ban of one campaign takes no stream', async () => {
  const { campaignId, sanction, watchers } = await scene(41);
  const notices = watchers.map(({ socket }) => noticesOf(socket));
  await sanction({ kind: 'ban', campaignId });
  await Promise.all(watchers.map((one) => one.until('sanction:changed', ({ kind }) => kind === 'ban')));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  for (const { seen } of notices) expect(seen).toEqual([]);
});

it('a user’s stream is that user’s alone', async () => {
  const { watchers } = await scene(42);
  const [own] = watchers;
  const stranger = await watch(one.url);
  const admin = await watch(one.url, { token: await token(1, { roles: ['admin'] }) });
  const codeFor = async (watcher: typeof admin) => (await watcher.subscribe({ stream: 'user:42' })).error?.code;
  expect([own && (await codeFor(own)), await codeFor(stranger), await codeFor(admin)]).toEqual([
    undefined,
    'unauthenticated',
    'forbidden',
  ]);
});

it('a sanction that is over is told as over, once, and its user gets the streams back', async () => {
  const { campaignId, sanction, watchers } = await scene(43);
  await sanction({ kind: 'suspend', until: new Date(Date.now() + 1_200).toISOString() });
  for (const watcher of watchers) await watcher.until('sanction:changed', ({ inForce }) => !inForce, 5_000);
  const { rows } = await one.pool.query(
    `select data->>'inForce' as holds from live_event where name = 'sanction:changed' and stream = 'user:43' order by seq`,
  );
  expect(rows.map(({ holds }) => holds)).toEqual(['true', 'false']);
  for (const watcher of watchers) {
    const again = () => watcher.subscribe({ stream: `advertiser:${campaignId}` });
    await eventually(async () => expect(await again()).toMatchObject({ ok: true }), { within: 2_000 });
  }
});

it('nobody sees a muted user typing', async () => {
  const { campaignId, sanction, watchers } = await scene(44);
  const other = await watch(two.url, { token: await token(45) });
  expect(await other.subscribe({ stream: `campaign:${campaignId}` })).toMatchObject({ ok: true });
  await sanction({ kind: 'mute' });
  for (const { socket } of watchers) {
    const typed = () => socket.emitWithAck('typing', { campaignId });
    await eventually(async () => expect(await typed()).toMatchObject({ error: { code: 'muted' } }), { within: 1_000 });
  }
  await other.socket.emitWithAck('typing', { campaignId });
  await other.until('campaign:presence', ({ typing }) => typing === 1);
  expect(other.states.filter(({ data }) => data.typing > 1)).toEqual([]);
});
