import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign } from '../../support/api.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { eventually } from '../../support/poll.ts';
import { watch } from '../../support/watcher.ts';
import { moderator } from '../moderators.ts';

let app: TestApp;
let desk: Api;
let campaignId: number;
beforeAll(async () => {
  app = await startApp();
  desk = await moderator(app.url);
  campaignId = await liveCampaign(app.url);
});

/** As psql does it. */
async function insert(text: string): Promise<number> {
  const { rows } = await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text) values ($1, 77, 'comment', $2)
     returning id`,
    [campaignId, text],
  );
  return rows[0].id;
}
const statusFor = async (who: Api, id: number) => (await who('GET', `/comments/${id}`)).status;
const spam = 'Check out my channel http://bit.ly/abc and subscribe for free money!!!';
const judged = (id: number) =>
  eventually(
    async () => {
      const { rows } = await app.pool.query('select from comment_fingerprint where comment_id = $1', [id]);
      expect(rows).toHaveLength(1);
    },
    { within: 10_000 },
  );

it('what another program writes is held after the fact, and leaves every screen', async () => {
  const watcher = await watch(app.url);
  await watcher.subscribe({ stream: `campaign:${campaignId}` });
  const id = await insert(spam);
  await watcher.until('comment:removed', (data) => data.id === id, 10_000);
  expect(await statusFor(apiAs(app.url, null), id)).toBe(404);
  const { body: item } = await desk('GET', `/moderation/items/${id}`);
  expect(item).toMatchObject({ queue: 'pending', revision: 1 });
  expect(item.rules).toContainEqual(expect.objectContaining({ rule: 'spam' }));
});

it('what is harmless stays, and is known by its fingerprint', async () => {
  const id = await insert('What a lovely dome.');
  await judged(id);
  expect(await statusFor(apiAs(app.url, null), id)).toBe(200);
});

it('what a moderator approved before is left alone', async () => {
  const { rows } = await app.pool.query(
    `with made as (
       insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       values ($1, 78, 'comment', $2) returning id
     ), approved as (
       insert into comment_state (comment_id, campaign_id, status) select id, $1, 'approved' from made
     ) select id from made`,
    [campaignId, spam],
  );
  await judged(await insert('After it.'));
  expect(await statusFor(apiAs(app.url, null), rows[0].id)).toBe(200);
});
