import { beforeAll, expect, it } from 'vitest';
import { audited } from '../sql/counting-play.ts';
import { type Api, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { setCommentState } from './campaign-in.ts';

let app: TestApp;
let campaignId: number;
let next = 1_000;
beforeAll(async () => {
  app = await startApp();
  campaignId = await liveCampaign(app.url);
});

const somebody = async (name?: string): Promise<{ id: number; as: Api }> => {
  const id = next++;
  return { id, as: await user(app.url, id, name) };
};
const write = async (as: Api, parentId?: number, text = 'x'): Promise<number> =>
  (await as('POST', `/campaigns/${campaignId}/comments`, { text, ...(parentId ? { parentId } : {}) })).body.id;
const list = async (as: Api) => {
  const { body } = await as('GET', '/me/notifications');
  return {
    unread: body.unread,
    items: body.items.map(({ kind, count, commentId }: never) => [kind, commentId, count]),
  };
};
const none = { unread: 0, items: [] };

it('a reply notifies the author of its parent, and one to oneself nobody', async () => {
  const [ada, bob] = [await somebody(), await somebody('Bob')];
  const top = await write(ada.as);
  await write(ada.as, top);
  expect(await list(ada.as)).toEqual(none);
  await write(bob.as, top);
  const { body } = await ada.as('GET', '/me/notifications');
  expect(body).toMatchObject({
    unread: 1,
    nextCursor: null,
    items: [
      { kind: 'reply', commentId: top, campaignId, count: 1, actors: [{ id: bob.id, name: 'Bob' }], readAt: null },
    ],
  });
  expect(await list(bob.as)).toEqual(none);
});

it('nine people who replied are nine, also when one replied twice, and the newest three are named', async () => {
  const ada = await somebody();
  const top = await write(ada.as);
  const people = [];
  for (let n = 0; n < 9; n++) people.push(await somebody(`Person ${n}`));
  for (const { as } of people) await write(as, top);
  await write((people[3] as never as { as: Api }).as, top);
  const { body } = await ada.as('GET', '/me/notifications');
  expect([body.unread, body.items.length, body.items[0].count]).toEqual([1, 1, 9]);
  expect(body.items[0].actors.map(({ name }: { name: string }) => name)).toEqual(['Person 3', 'Person 8', 'Person 7']);
});

it('a like that is taken back is counted no more, and with the last one the notification goes', async () => {
  const [ada, bob, cyd] = [await somebody(), await somebody(), await somebody()];
  const top = await write(ada.as);
  for (const { as } of [ada, bob, cyd]) await as('PUT', `/comments/${top}/like`);
  expect(await list(ada.as)).toEqual({ unread: 1, items: [['comment_liked', top, 2]] });
  await bob.as('DELETE', `/comments/${top}/like`);
  expect(await list(ada.as)).toEqual({ unread: 1, items: [['comment_liked', top, 1]] });
  await cyd.as('DELETE', `/comments/${top}/like`);
  expect(await list(ada.as)).toEqual(none);
});

it('who is mentioned hears of it once, and no more when the text no longer says it', async () => {
  const [ada, bob] = [await somebody('Ada Byron'), await somebody('Bob')];
  await write(ada.as);
  const comment = await write(bob.as, undefined, 'look @Ada Byron');
  expect(await list(ada.as)).toEqual({ unread: 1, items: [['mention', comment, 1]] });
  await bob.as('PATCH', `/comments/${comment}`, { text: 'look here, @Ada Byron', revision: 1 });
  expect(await list(ada.as)).toEqual({ unread: 1, items: [['mention', comment, 1]] });
  await bob.as('PATCH', `/comments/${comment}`, { text: 'look here', revision: 2 });
  expect(await list(ada.as)).toEqual(none);
});

it('of a reply that is removed nothing is told, and it comes back with it', async () => {
  const [ada, bob] = [await somebody(), await somebody()];
  const top = await write(ada.as);
  const reply = await write(bob.as, top);
  await setCommentState(app, reply, 'removed');
  expect(await list(ada.as)).toEqual(none);
  await setCommentState(app, reply, 'published');
  expect(await list(ada.as)).toEqual({ unread: 1, items: [['reply', top, 1]] });
});

it('a reply that is held is told when it is approved', async () => {
  const [ada, bob] = [await somebody(), await somebody()];
  const top = await write(ada.as);
  await app.pool.query(
    `with born as (select nextval(pg_get_serial_sequence('campaign_engagement', 'id')) as id), held as (
       insert into comment_state (comment_id, campaign_id, status) select id, $1, 'pending' from born)
     insert into campaign_engagement (id, campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
     overriding system value select id, $1, $2, 'comment', 'held', $3 from born`,
    [campaignId, bob.id, top],
  );
  expect(await list(ada.as)).toEqual(none);
  const { rows } = await app.pool.query('select max(id) as id from campaign_engagement where user_id = $1', [bob.id]);
  await setCommentState(app, rows[0].id, 'approved');
  expect(await list(ada.as)).toEqual({ unread: 1, items: [['reply', top, 1]] });
  expect(await list(bob.as)).toEqual({ unread: 1, items: [['comment_approved', rows[0].id, 1]] });
});

it('what psql writes, moves and deletes is told like everything else', async () => {
  const [ada, bob, cyd] = [await somebody(), await somebody(), await somebody()];
  const [first, second] = [await write(ada.as), await write(cyd.as)];
  const { rows } = await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
     values ($1, $2, 'comment', 'by psql', $3) returning id`,
    [campaignId, bob.id, first],
  );
  expect(await list(ada.as)).toEqual({ unread: 1, items: [['reply', first, 1]] });
  await app.pool.query('update campaign_engagement set parent_comment_id = $2 where id = $1', [rows[0].id, second]);
  expect([await list(ada.as), await list(cyd.as)]).toEqual([none, { unread: 1, items: [['reply', second, 1]] }]);
  await app.pool.query('delete from campaign_engagement where id = $1', [rows[0].id]);
  expect(await list(cyd.as)).toEqual(none);
});

it('what was counted stands up to the audit', async () => {
  expect(await audited(app.pool as never)).toEqual([]);
});
