import { beforeAll, expect, it } from 'vitest';
import { type Api, admin, advertiser, liveCampaign, user } from '../../support/api.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { startReceiver } from '../../support/receiver.ts';

let app: TestApp;
let owner: Api;
let alice: Api;
beforeAll(async () => {
  app = await startApp({ WEBHOOK_ALLOW_PRIVATE: '1' });
  owner = await advertiser(app.url, 5);
  alice = await user(app.url, 7, 'Alice');
});

/** An endpoint of advertiser 5 and what it receives. */
async function listening(events: string[] = [], as = owner) {
  const receiver = await startReceiver();
  const { status, body } = await as('POST', '/webhook-endpoints', { url: receiver.url, events });
  expect(status).toBe(201);
  return { receiver, endpoint: body };
}

it('a comment’s whole life comes, each event with the data of its live event', async () => {
  const { receiver } = await listening(['comment:created', 'comment:edited', 'comment:removed']);
  const id = await liveCampaign(app.url);
  const { body: comment } = await alice('POST', `/campaigns/${id}/comments`, { text: 'first' });
  await alice('PATCH', `/comments/${comment.id}`, { text: 'second', revision: 1 });
  await alice('DELETE', `/comments/${comment.id}`);
  await receiver.until(3);
  const [created, edited, removed] = ['comment:created', 'comment:edited', 'comment:removed'].map(
    (type) => receiver.of(type)[0]?.json,
  );
  expect(Object.keys(created)).toEqual(['type', 'timestamp', 'data']);
  expect(new Date(created.timestamp).getTime()).toBeGreaterThan(Date.now() - 60_000);
  expect(created.data).toMatchObject({ campaignId: id, id: comment.id, text: 'first' });
  expect(edited.data).toMatchObject({ campaignId: id, text: 'second', revision: 2 });
  expect(removed.data).toMatchObject({ campaignId: id, text: null, removed: { by: 'author' } });
});

it('likes come although nobody ever opened the owner’s stream, each once, also those that psql wrote', async () => {
  const { receiver } = await listening(['engagement:created']);
  const id = await liveCampaign(app.url);
  await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type) select $1, n, 'like' from generate_series(1, 20) n`,
    [id],
  );
  await alice('POST', `/campaigns/${id}/comments`, { text: 'hello' });
  const all = await receiver.until(21);
  expect(
    all
      .filter(({ json }) => json.data.type === 'like')
      .map(({ json }) => json.data.userId)
      .sort(byNumber),
  ).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  expect(all.filter(({ json }) => json.data.type === 'comment')).toHaveLength(1);
  const { rows } = await app.pool.query('select dormant from live_stream where stream = $1', [`advertiser:${id}`]);
  expect(rows).toEqual([{ dormant: true }]);
});

it('what was missed by a stream that is opened late is not told again', async () => {
  const { receiver } = await listening(['engagement:created']);
  const id = await liveCampaign(app.url);
  await alice('PUT', `/campaigns/${id}/reactions/like`);
  await app.pool.query('select wake_stream($1)', [`advertiser:${id}`]);
  await alice('PUT', `/campaigns/${id}/reactions/save`);
  const types = (await receiver.until(2)).map(({ json }) => json.data.type);
  expect(types.sort()).toEqual(['like', 'save']);
});

it('campaign, milestone and invoice come, named by their campaign', async () => {
  const { receiver } = await listening();
  const id = await liveCampaign(app.url, { campaignBudget: 100, cpiRate: 1 });
  await app.pool.query(
    `insert into campaign_impressions (campaign_id, session_id) select $1, 's' || n from generate_series(1, 10) n`,
    [id],
  );
  expect((await owner('POST', `/campaigns/${id}/billing/cycles`)).status).toBe(201);
  for (const type of ['campaign:updated', 'milestone:reached', 'invoice:updated']) {
    const [first] = await receiver.until(1, type);
    expect(first?.json.data.campaignId).toBe(id);
  }
  expect(receiver.of('invoice:updated')[0]?.json.data).toMatchObject({ amount: 10, impressionsDelivered: 10 });
});

it('an advertiser hears of their own campaigns alone, an admin of all', async () => {
  const own = await listening(['comment:created']);
  const everything = await listening(['comment:created'], await admin(app.url));
  const other = await liveCampaign(app.url, { advertiserId: 6 });
  const mine = await liveCampaign(app.url);
  for (const id of [other, mine]) await alice('POST', `/campaigns/${id}/comments`, { text: `of ${id}` });
  expect((await everything.receiver.until(2)).map(({ json }) => json.data.campaignId).sort(byNumber)).toEqual(
    [other, mine].sort(byNumber),
  );
  expect((await own.receiver.until(1)).map(({ json }) => json.data.campaignId)).toEqual([mine]);
});

it('a transaction that is rolled back sends nothing', async () => {
  const { receiver } = await listening(['engagement:created']);
  const id = await liveCampaign(app.url);
  const client = await app.pool.connect();
  const like = `insert into campaign_engagement (campaign_id, user_id, engagement_type) values ($1, $2, 'like')`;
  await client.query('begin');
  await client.query(like, [id, 1]);
  await client.query('rollback');
  await client.query(like, [id, 2]);
  client.release();
  expect((await receiver.until(1)).map(({ json }) => json.data.userId)).toEqual([2]);
});

const byNumber = (one: number, other: number) => one - other;
