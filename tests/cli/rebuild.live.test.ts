import { expect, test } from 'vitest';
import { activeCampaigns } from '../audit/activity.ts';
import { expectPromisesKept } from '../faults/promises.ts';
import { impressionOf } from '../features/impression-events.ts';
import { projectionFaults } from '../sql/projections.ts';
import { apiAs, liveCampaign } from '../support/api.ts';
import { secret, token } from '../support/app.ts';
import { startChild } from '../support/child.ts';
import { freshDatabase } from '../support/database.ts';
import { follow } from '../support/follower.ts';
import { eventually } from '../support/poll.ts';
import { root, startServerProcess } from '../support/processes.ts';
import { query, withClient } from '../support/sql.ts';
import { type Watcher, watch } from '../support/watcher.ts';
import { startWriters } from '../support/writers.ts';
import { runCli } from './run-cli.ts';

const env = { JWT_SECRET: secret, RATE_LIMITS: 'off' };
const projections = [
  'campaign_counters',
  'comment_counters',
  'campaign_viewers',
  'impression_hourly',
  'campaign_invalid_counters',
  'campaign_invalid_viewers',
  'impression_quarter_hourly',
];

const rebuild = (url: string) => runCli(['rebuild', '--json'], { DATABASE_URL: url });

test('rebuild says how many campaigns there were, and gives back what was lost or spoiled', {
  timeout: 60_000,
}, async () => {
  const database = await freshDatabase();
  const { url } = database;
  await activeCampaigns(url, 3);
  const all = () =>
    Promise.all(
      projections.map((name) => query(url, `select to_jsonb(t) - 'version' as row from ${name} t order by 1`)),
    );
  const before = await all();
  await query(url, `truncate campaign_counters, campaign_viewers`);
  await query(url, `update comment_counters set likes = 77, depth = 3 where comment_id % 2 = 0`);
  await query(
    url,
    `insert into comment_counters (comment_id, campaign_id, depth, created_at) values (777001, 777000, 0, now())`,
  );
  await query(url, `delete from impression_hourly where placement = 'popup'`);

  expect(await runCli(['rebuild'], { DATABASE_URL: url })).toEqual({
    code: 0,
    stdout: 'Rebuilt the projections of 3 campaigns.\n',
    stderr: '',
  });
  expect(await all()).toEqual(before);
  expect(await rebuild(url)).toMatchObject({ code: 0, stdout: '{"campaigns":3}\n' });
  await database.drop();
});

test('more campaigns than a page are all rebuilt and audited', { timeout: 60_000 }, async () => {
  const database = await freshDatabase();
  const { url } = database;
  await query(url, `insert into campaign_profile (name) select 'Campaign ' || n from generate_series(1, 650) n`);
  await query(url, `delete from campaign_profile where id between 150 and 400`);
  await query(url, 'truncate campaign_counters');
  expect(await rebuild(url)).toMatchObject({ code: 0, stdout: '{"campaigns":399}\n' });
  expect(await runCli(['audit'], { DATABASE_URL: url })).toMatchObject({
    code: 0,
    stdout: 'Audited 399 campaigns: everything is equal.\n',
  });
  await database.drop();
});

test('a rebuild that takes long says how far it is, waits for a writer’s lock, and leaves a deleted campaign alone', {
  timeout: 60_000,
}, async () => {
  const database = await freshDatabase();
  const { url } = database;
  const [first, second] = await activeCampaigns(url, 2);
  const child = await withClient(url, async (client) => {
    await client.query('begin');
    await client.query('select lock_streams(array[campaign_stream($1)])', [second]);
    const started = startChild(process.execPath, ['--import', 'tsx', 'server/cli.ts', 'rebuild'], {
      cwd: root,
      env: { PATH: process.env.PATH, DATABASE_URL: url },
    });
    await started.line(/^rebuilt 1 of 2 campaigns, \d+ s$/, 30_000);
    await client.query('delete from campaign_profile where id = $1', [first]);
    await client.query('commit');
    return started;
  });
  expect(await child.exited).toMatchObject({ code: 0 });
  expect(child.output()).toContain('Rebuilt the projections of 2 campaigns.\n');
  expect(await query(url, 'select campaign_id::int as id from campaign_counters')).toEqual([{ id: second }]);
  await database.drop();
});

test('a campaign that is deleted while its rebuild waits gets no projections', { timeout: 60_000 }, async () => {
  const database = await freshDatabase();
  const { url } = database;
  const [campaign] = await activeCampaigns(url, 1);
  const run = await withClient(url, async (client) => {
    await client.query('begin');
    await client.query('delete from campaign_profile where id = $1', [campaign]);
    const running = rebuild(url);
    await eventually(
      async () => {
        const waiting = `select from pg_stat_activity
          where application_name = 'campaign-pulse rebuild' and datname = current_database() and wait_event_type = 'Lock'`;
        expect(await query(url, waiting)).toHaveLength(1);
      },
      { within: 20_000 },
    );
    await client.query('commit');
    return running;
  });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(await withClient(url, projectionFaults)).toEqual([]);
  for (const name of projections) expect(await query(url, `select from ${name}`), name).toEqual([]);
  await database.drop();
});

/** Versions of each state, in the order in which they came, as one client saw them. */
function fallenVersions({ states }: Watcher): unknown[] {
  const newest = new Map<string, number>();
  return states.filter(({ name, data, version = 0 }) => {
    const key = `${name} ${data.commentId ?? ''}`;
    const hasFallen = version < (newest.get(key) ?? 0);
    newest.set(key, Math.max(version, newest.get(key) ?? 0));
    return hasFallen;
  });
}

/** Likes of the campaign and of its first comment, and impressions, one after the other until stopped: who was told 2xx. */
async function startClicks(serverUrl: string, campaignId: number, commentId: number) {
  let going = true;
  const told: Record<'likes' | 'commentLikes' | 'impressions', number[]> = {
    likes: [],
    commentLikes: [],
    impressions: [],
  };
  const done = (async () => {
    for (let userId = 10_000; going; userId++) {
      const as = apiAs(serverUrl, await token(userId));
      const seen = impressionOf(campaignId, { sessionId: `session ${userId % 50}` });
      const like = await as('PUT', `/campaigns/${campaignId}/reactions/like`);
      const commentLike = await as('PUT', `/comments/${commentId}/like`);
      const impression = await as('POST', `/campaigns/${campaignId}/impressions`, seen);
      if (like.status < 300) told.likes.push(userId);
      if (commentLike.status < 300) told.commentLikes.push(userId);
      if (impression.status < 300) told.impressions.push(userId);
    }
  })();
  return {
    told,
    async stop() {
      going = false;
      await done;
    },
  };
}

/** Whose clicks the tables hold. */
async function storedClicks(url: string, campaignId: number, commentId: number): Promise<Record<string, number[]>> {
  const users = async (from: string) =>
    (await query<{ id: number }>(url, `select user_id::int as id from ${from} order by 1`, [campaignId])).map(
      ({ id }) => id,
    );
  const likes = `campaign_engagement where campaign_id = $1 and engagement_type = 'like' and parent_comment_id`;
  return {
    likes: await users(`${likes} is null`),
    commentLikes: await users(`${likes} = ${commentId}`),
    impressions: await users('campaign_impressions where campaign_id = $1'),
  };
}

test('projections lost under a serving node come back while people write; nobody’s write is lost, no version falls, every screen ends right', async () => {
  const { url: databaseUrl } = await freshDatabase();
  await activeCampaigns(databaseUrl, 5);
  const server = await startServerProcess({ databaseUrl, env });
  const campaignId = await liveCampaign(server.url);
  const stream = `campaign:${campaignId}`;
  const author = apiAs(server.url, await token(900));
  const { body: thread } = await author('POST', `/campaigns/${campaignId}/comments`, { text: 'the first one' });
  const followers = [await follow(server.url, stream), await follow(server.url, stream)];
  const watcher = await watch(server.url);
  await watcher.subscribe({ stream });
  const writers = await startWriters([server.url], campaignId, 6);
  const clicks = await startClicks(server.url, campaignId, thread.id);
  await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(60), { within: 20_000 });

  for (let round = 1; round <= 2; round++) {
    // One at a time: a transaction that locks one table after the other can deadlock with the writers.
    for (const name of projections) await query(databaseUrl, `truncate ${name}`);
    const before = writers.acknowledged.length;
    const [born] = await Promise.all([
      liveCampaign(server.url),
      eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(before + 20), { within: 10_000 }),
    ]);
    const run = await rebuild(databaseUrl);
    expect(run, run.stderr).toMatchObject({ code: 0, stdout: `{"campaigns":${6 + round}}\n` });
    expect(born).toBeGreaterThan(0);
  }
  const soFar = writers.acknowledged.length;
  await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(soFar + 20), { within: 10_000 });
  await writers.stop();
  await clicks.stop();

  expect(await runCli(['audit'], { DATABASE_URL: databaseUrl })).toMatchObject({ code: 0, stderr: '' });
  expect(await withClient(databaseUrl, projectionFaults)).toEqual([]);
  expect(writers.refused).toEqual([]);
  await expectPromisesKept({ databaseUrl, campaignId, acknowledged: writers.acknowledged, followers });

  const stored = await storedClicks(databaseUrl, campaignId, thread.id);
  for (const [what, users] of Object.entries(clicks.told)) {
    expect(users.length, what).toBeGreaterThan(0);
    expect(
      users.filter((user) => !stored[what]?.includes(user)),
      what,
    ).toEqual([]);
  }
  const counts = { likes: stored.likes?.length, impressions: stored.impressions?.length };
  const truth = { ...counts, comments: writers.acknowledged.length + 1 };
  const last = (name: string, commentId?: number) =>
    watcher.states.findLast((frame) => frame.name === name && frame.data.commentId === commentId)?.data;
  await eventually(
    () => {
      expect(last('campaign:counters')).toMatchObject(truth);
      expect(last('comment:counters', thread.id)).toMatchObject({ likes: stored.commentLikes?.length });
    },
    { within: 15_000 },
  );
  expect((await author('GET', `/campaigns/${campaignId}`)).body.counters).toMatchObject(truth);
  expect(fallenVersions(watcher)).toEqual([]);
}, 120_000);
