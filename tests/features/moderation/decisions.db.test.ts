import { afterEach, beforeAll, expect, it } from 'vitest';
import { decisionSchema } from '../../../server/contract/desk.ts';
import { setCommentState } from '../campaign-in.ts';
import { verdictOf, verdicts } from '../refusals.ts';
import { deskWorld } from './desk-world.ts';

let world: Awaited<ReturnType<typeof deskWorld>>;
beforeAll(async () => {
  world = await deskWorld();
});
afterEach(() => world.proven());

const removals = async (id: number) =>
  (
    await world.app.pool.query(
      `select name, data->'removed' as removed from live_event where stream = campaign_stream($1) and data->>'id' = $2::text
       and name like 'comment:re%' order by seq`,
      [world.campaignId, id],
    )
  ).rows;

it('a rejected comment is gone for everybody, with the reason, and its flags were right', async () => {
  const { write, flag, decide, mia, item, flags, author, campaignId } = world;
  const id = await write('buy');
  await flag(id, 2);
  const before = (await author('GET', `/campaigns/${campaignId}/engagement`)).body.comments;
  const { status, body } = await decide(mia, id, 'reject', { reason: 'spam', explanation: 'an advertisement' });
  expect(status).toBe(201);
  expect(decisionSchema.strict().parse(body)).toMatchObject({
    commentId: id,
    action: 'reject',
    moderator: { id: 31, name: 'Mia' },
    reason: 'spam',
  });
  expect(await flags(id)).toEqual([21, 22].map((user_id) => ({ user_id, outcome: 'agreed' })));
  expect((await author('GET', `/campaigns/${campaignId}/engagement`)).body.comments).toBe(before - 1);
  expect((await author('GET', `/comments/${id}`)).body).toMatchObject({
    status: 'rejected',
    text: null,
    removed: { by: 'moderator', reason: 'spam' },
  });
  expect(await removals(id)).toEqual([{ name: 'comment:removed', removed: { by: 'moderator', reason: 'spam' } }]);
  expect(await item(id)).toMatchObject({ queue: 'rejected', decision: { id: body.id }, flags: { total: 2, open: 0 } });
});

it('an approval holds until the text is edited, and then the comment may be reported again', async () => {
  const { write, flag, decide, mia, item, flags, author, readers, status } = world;
  const id = await write('fine');
  await flag(id, 2);
  expect((await decide(mia, id, 'approve')).status).toBe(201);
  expect(await flags(id)).toEqual([21, 22].map((user_id) => ({ user_id, outcome: 'disagreed' })));
  await readers[2]?.('POST', `/comments/${id}/flags`, { reason: 'other' });
  expect([await status(id), (await item(id)).queue]).toEqual(['approved', 'approved']);
  await author('PATCH', `/comments/${id}`, { text: 'not so fine', revision: 1 });
  expect([await status(id), (await item(id)).queue, (await item(id)).revision]).toEqual(['published', 'reported', 2]);
});

it('a held comment that is approved is new to everybody', async () => {
  const { app, write, decide, mia, campaignId } = world;
  const { rows } = await app.pool.query(
    `with born as (select nextval(pg_get_serial_sequence('campaign_engagement', 'id')) as id), held as (
       insert into comment_state (comment_id, campaign_id, status) select id, $1, 'pending' from born)
     insert into campaign_engagement (id, campaign_id, user_id, engagement_type, comment_text) overriding system value
     select id, $1, 8, 'comment', 'held' from born returning id`,
    [campaignId],
  );
  const id = rows[0].id;
  await write();
  await decide(mia, id, 'approve');
  const events = await app.pool.query(
    `select name from live_event where stream = campaign_stream($1) and data->>'id' = $2::text`,
    [campaignId, id],
  );
  expect(events.rows).toEqual([{ name: 'comment:created' }]);
});

it('a rejected comment with replies leaves its tombstone in the list, and they stay', async () => {
  const { write, decide, mia, author, campaignId } = world;
  const top = await write('top');
  const reply = await write('reply', top);
  await decide(mia, top, 'reject', { reason: 'abusive' });
  const { body } = await author('GET', `/campaigns/${campaignId}/comments?limit=1`);
  expect(body.items).toMatchObject([
    { id: top, text: null, status: 'rejected', removed: { by: 'moderator' }, replies: 1 },
  ]);
  expect((await author('GET', `/comments/${top}/replies`)).body.items).toMatchObject([{ id: reply, text: 'reply' }]);
});

it('of two who decide at once one is answered with the decision of the other', async () => {
  const { write, flag, decide, mia, noa } = world;
  for (let round = 0; round < 5; round++) {
    const id = await write();
    await flag(id);
    const answers = await Promise.all([decide(mia, id, 'approve'), decide(noa, id, 'reject')]);
    const [won] = answers.filter(({ status }) => status === 201);
    const [lost] = answers.filter(({ status }) => status !== 201);
    expect(lost && verdictOf(lost)).toBe('409 already_decided');
    expect(lost?.body.decision).toEqual(won?.body);
  }
});

it('what is gone, stale, decided or taken by another is refused by its name', async () => {
  const { app, write, flag, decide, mia, noa, author } = world;
  const [edited, decided, claimed, removed] = [await write(), await write(), await write(), await write()];
  await flag(edited);
  await author('PATCH', `/comments/${edited}`, { text: 'another text', revision: 1 });
  const { body: winner } = await decide(mia, decided, 'approve');
  await noa('POST', `/moderation/items/${claimed}/claim`);
  await author('DELETE', `/comments/${removed}`);
  expect(
    await verdicts({
      edited: () => decide(mia, edited, 'approve'),
      'decided by oneself': () => decide(mia, decided, 'reject'),
      claimed: () => decide(mia, claimed, 'approve'),
      'removed by its author': () => decide(mia, removed, 'approve'),
      unknown: () => decide(mia, 999_999, 'approve'),
      'no revision': () => decide(mia, edited, 'approve', { revision: undefined }),
      'another action': () => decide(mia, edited, 'burn'),
    }),
  ).toEqual({
    edited: '409 stale_revision',
    'decided by oneself': '409 already_decided',
    claimed: '409 already_claimed',
    'removed by its author': '404 unknown_comment',
    unknown: '404 unknown_comment',
    'no revision': '400 invalid_body',
    'another action': '400 invalid_body',
  });
  const { body } = await decide(noa, decided, 'reject');
  expect(body.decision).toMatchObject({ id: winner.id, action: 'approve', moderator: { id: 31, name: 'Mia' } });
  expect((await decide(mia, claimed, 'approve')).body.claim).toMatchObject({ by: { id: 32, name: 'Noa' } });
  await setCommentState(app, decided, 'pending'); // another program: the decision holds no more
  expect((await decide(noa, decided, 'reject')).status).toBe(201);
});

it('the same key decides once', async () => {
  const { write, mia } = world;
  const id = await write();
  const decide = () =>
    mia('POST', `/moderation/items/${id}/decisions`, { action: 'reject', revision: 1 }, { 'Idempotency-Key': 'once' });
  const [first, second] = [await decide(), await decide()];
  expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
});
