import { expect, it } from 'vitest';
import { admin, liveCampaign } from '../support/api.ts';
import { startApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { noticesOf } from '../support/notices.ts';
import { watch } from '../support/watcher.ts';

/** The second node has no way to the first but the database: it hears no relay. */
it('a campaign that stops being public is taken from strangers on every node within two seconds, and from nobody else', async () => {
  const database = await freshDatabase();
  const one = await startApp({ databaseUrl: database.url });
  const two = await startApp({ databaseUrl: database.url, REDIS_URL: 'redis://127.0.0.1:1' });
  const id = await liveCampaign(one.url);
  const stream = `campaign:${id}`;
  const people = {
    stranger: undefined,
    user: await token(7),
    anotherAdvertiser: await token(8, { roles: ['advertiser'], advertiser_id: 6 }),
    owner: await token(9, { roles: ['advertiser'], advertiser_id: 5 }),
    moderator: await token(10, { roles: ['moderator'] }),
  };
  const watching = [one, two].flatMap(({ url }) =>
    Object.entries(people).map(async ([who, bearer]) => {
      const watcher = await watch(url, bearer ? { token: bearer } : {});
      expect(await watcher.subscribe({ stream })).toMatchObject({ ok: true });
      return { who, watcher, notices: noticesOf(watcher.socket) };
    }),
  );
  const watchers = await Promise.all(watching);
  const [losing, keeping] = [
    watchers.filter(({ who }) => who !== 'owner' && who !== 'moderator'),
    watchers.filter(({ who }) => who === 'owner' || who === 'moderator'),
  ];
  const as = await admin(one.url);
  const began = performance.now();
  await as('POST', `/campaigns/${id}/transitions`, { to: 'cancelled', reason: 'a mistake' });
  const told = await Promise.all(losing.map(({ notices }) => notices.until('stream:closed', 4_000)));
  expect(performance.now() - began).toBeLessThan(2_500);
  for (const { notice } of told) expect(notice).toMatchObject({ stream, code: 'not_found' });
  for (const { watcher } of losing) watcher.states.length = 0;
  for (const { watcher } of keeping) {
    watcher.states.length = 0;
    await watcher.until('campaign:presence', ({ viewers }) => viewers === 2);
    expect(watcher.socket.connected).toBe(true);
  }
  for (const { watcher, notices } of losing) {
    expect(watcher.states).toEqual([]);
    expect(notices.seen).toHaveLength(1);
    expect(await watcher.subscribe({ stream })).toMatchObject({ error: { code: 'not_found' } });
  }
  for (const { notices } of keeping) expect(notices.seen).toEqual([]);
}, 30_000);
