import { beforeAll, expect, it } from 'vitest';
import { type Api, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { watch } from '../support/watcher.ts';

let app: TestApp;
let campaignId: number;
let next = 4_000;
beforeAll(async () => {
  app = await startApp();
  campaignId = await liveCampaign(app.url);
});

/** Somebody with one unread reply, which came at that moment. */
async function reader(at: string, preferences: object): Promise<{ as: Api; id: number }> {
  const id = next++;
  const as = await user(app.url, id);
  await as('PUT', '/me/notification-preferences', preferences);
  await app.pool.query(
    `with top as (insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       values ($1, $2, 'comment', 'x') returning id)
     select id from top`,
    [campaignId, id],
  );
  await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
     select $1, 7, 'comment', 'r', max(id) from campaign_engagement where user_id = $2`,
    [campaignId, id],
  );
  await as('GET', '/me/notifications');
  await app.pool.query('update notification set updated_at = $2 where user_id = $1', [id, at]);
  return { as, id };
}
const run = (now: string) => app.pool.query('select make_digests($1)', [now]);
const digests = async (id: number) => {
  const { rows } = await app.pool.query(
    'select cadence, iso(period_start) as start, items from notification_digest where user_id = $1 order by id',
    [id],
  );
  return rows.map(({ cadence, start, items }) => `${cadence} ${start.slice(0, 16)} ${items}`);
};
const berlin = (from: string, to: string) => ({ from, to, zone: 'Europe/Berlin' });

it('an hourly one holds what came before the hour, once, and nothing twice', async () => {
  const { id } = await reader('2030-01-01T10:20Z', { items: [{ digest: 'hourly' }] });
  await run('2030-01-01T10:59Z');
  expect(await digests(id)).toEqual([]);
  await Promise.all([run('2030-01-01T11:00Z'), run('2030-01-01T11:00Z')]);
  for (const now of ['2030-01-01T11:05Z', '2030-01-01T12:05Z']) await run(now);
  expect(await digests(id)).toEqual(['hourly 2030-01-01T11:00 1']);
});

it('two nodes that run at once make one, which is told as a notification', async () => {
  const other = await startApp({ databaseUrl: app.databaseUrl });
  const { as, id } = await reader('2030-02-01T10:20Z', { items: [{ digest: 'hourly' }] });
  const watcher = await watch(app.url, { token: await token(id) });
  await watcher.subscribe({ stream: `user:${id}` });
  const now = '2030-02-01T11:00Z';
  await Promise.all([app, other, app, other, app].map(({ pool }) => pool.query('select make_digests($1)', [now])));
  expect(await digests(id)).toEqual(['hourly 2030-02-01T11:00 1']);
  const { data } = await watcher.until('notification:created', ({ kind }) => kind === 'digest');
  expect(data).toMatchObject({ count: 1, data: { cadence: 'hourly', items: 1 } });
  expect((await as('GET', '/me/notifications?kind=digest')).body.items).toEqual([data]);
});

it('a node that dies while it makes one leaves none, and the next run makes it once', async () => {
  const { id } = await reader('2030-03-01T10:20Z', { items: [{ digest: 'hourly' }] });
  const now = '2030-03-01T11:00Z';
  const dying = await app.pool.connect();
  dying.on('error', () => undefined);
  await dying.query('begin');
  await dying.query('select make_digests($1)', [now]);
  const { rows } = await dying.query<{ pid: number }>('select pg_backend_pid() as pid');
  await app.pool.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
  dying.release(true);
  expect(await digests(id)).toEqual([]);
  for (let n = 0; n < 2; n++) await run(now);
  expect(await digests(id)).toEqual(['hourly 2030-03-01T11:00 1']);
});

it('what was read is in none', async () => {
  const { as, id } = await reader('2030-03-01T10:20Z', { items: [{ digest: 'hourly' }] });
  await as('POST', '/me/notifications/read', { all: true });
  await run('2030-03-01T11:00Z');
  expect(await digests(id)).toEqual([]);
});

it('none is made within quiet hours, and the first run after them takes it all', async () => {
  const { id } = await reader('2030-01-10T21:30Z', {
    items: [{ digest: 'hourly' }],
    quietHours: berlin('22:00', '07:00'),
  });
  for (const now of ['2030-01-10T22:00Z', '2030-01-11T05:59Z']) await run(now);
  expect(await digests(id)).toEqual([]);
  await run('2030-01-11T06:00Z');
  expect(await digests(id)).toEqual(['hourly 2030-01-11T06:00 1']);
});

it('quiet hours are of the clock on the wall: an hour earlier by UTC from the day summer time begins', async () => {
  const quiet = { items: [{ digest: 'hourly' }], quietHours: berlin('22:00', '07:00') };
  const { id } = await reader('2030-03-30T23:30Z', quiet);
  await run('2030-03-31T04:59Z'); // 06:59 in Berlin, whose night was an hour shorter
  expect(await digests(id)).toEqual([]);
  await run('2030-03-31T05:00Z');
  expect(await digests(id)).toEqual(['hourly 2030-03-31T05:00 1']);
});

it('a daily one begins at midnight of the zone, also on the day of 25 hours', async () => {
  const daily = { items: [{ digest: 'daily' }], quietHours: berlin('03:00', '04:00') };
  const { id } = await reader('2030-10-27T10:00Z', daily);
  await run('2030-10-27T22:59Z'); // 23:59 in Berlin; a day of 24 hours would be over
  expect(await digests(id)).toEqual([]);
  await run('2030-10-27T23:00Z');
  expect(await digests(id)).toEqual(['daily 2030-10-27T23:00 1']);
});

it('what is not in the list may be in the digest', async () => {
  const { as, id } = await reader('2030-05-01T10:20Z', { items: [{ kind: 'reply', inApp: false, digest: 'hourly' }] });
  expect((await as('GET', '/me/notifications')).body).toMatchObject({ unread: 0, items: [] });
  await run('2030-05-01T11:00Z');
  expect(await digests(id)).toEqual(['hourly 2030-05-01T11:00 1']);
});

it('what grew after a digest is in the next one, also where the digest is all there is', async () => {
  const { as, id } = await reader('2030-06-01T10:20Z', { items: [{ kind: 'reply', inApp: false, digest: 'hourly' }] });
  await run('2030-06-01T11:00Z');
  await run('2030-06-01T12:00Z');
  await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
     select $1, 8, 'comment', 'r', max(id) from campaign_engagement where user_id = $2`,
    [campaignId, id],
  );
  await as('GET', '/me/notifications');
  await app.pool.query(
    `update notification set updated_at = '2030-06-01T12:30Z' where user_id = $1 and kind = 'reply'`,
    [id],
  );
  for (const now of ['2030-06-01T13:00Z', '2030-06-01T14:00Z']) await run(now);
  expect(await digests(id)).toEqual(['hourly 2030-06-01T11:00 1', 'hourly 2030-06-01T13:00 1']);
});

it('reading all of the list leaves to the digest what is not in the list', async () => {
  const { as, id } = await reader('2030-07-01T10:20Z', { items: [{ kind: 'reply', inApp: false, digest: 'hourly' }] });
  await as('POST', '/me/notifications/read', { all: true });
  await run('2030-07-01T11:00Z');
  expect(await digests(id)).toEqual(['hourly 2030-07-01T11:00 1']);
});

it('where the clock shows midnight twice the day begins with the first', async () => {
  const quietHours = { from: '03:00', to: '04:00', zone: 'America/Havana' };
  const { id } = await reader('2030-11-03T04:10Z', { items: [{ digest: 'daily' }], quietHours });
  await run('2030-11-03T04:30Z'); // 00:30 there, for the first time
  expect(await digests(id)).toEqual([]);
  await run('2030-11-04T05:00Z');
  expect(await digests(id)).toEqual(['daily 2030-11-04T05:00 1']);
});
