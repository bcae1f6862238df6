import { afterEach, beforeAll, expect, it } from 'vitest';
import { setCommentState } from '../campaign-in.ts';
import { verdicts } from '../refusals.ts';
import { deskWorld } from './desk-world.ts';

let world: Awaited<ReturnType<typeof deskWorld>>;
beforeAll(async () => {
  world = await deskWorld();
});
afterEach(() => world.proven());

/** All that a decision changes. */
async function stateOf(id: number) {
  const { item, flags, status, queues, author, campaignId, app } = world;
  const { decision: _, decisions: __, ...rest } = await item(id);
  const records = await app.pool.query(
    'select user_id, agreed, disagreed, warned_at from flagger_record where (agreed, disagreed) <> (0, 0) order by user_id',
  );
  return {
    item: rest,
    flags: await flags(id),
    status: await status(id),
    queues: await queues(),
    counts: (await author('GET', `/campaigns/${campaignId}/engagement`)).body,
    records: records.rows,
  };
}

it.each(['approve', 'reject'])('undoing to %s a reported comment leaves everything as it was', async (action) => {
  const { write, flag, decide, mia } = world;
  const id = await write();
  await flag(id, 2);
  const before = await stateOf(id);
  const { body: decision } = await decide(mia, id, action, { reason: 'spam' });
  expect((await stateOf(id)).status).toBe(action === 'approve' ? 'approved' : 'rejected');
  const undone = await mia('POST', `/moderation/decisions/${decision.id}/undo`, {});
  expect(undone).toMatchObject({ status: 200, body: { action: 'undo', undoes: decision.id, commentId: id } });
  expect(await stateOf(id)).toEqual(before);
  expect((await decide(mia, id, 'approve')).status).toBe(201);
});

it('undoing to reject what flags have hidden returns it to `pending`', async () => {
  const { write, flag, decide, mia, item, status } = world;
  const id = await write();
  await flag(id, 3);
  expect([await status(id), (await item(id)).queue]).toEqual(['pending', 'pending']);
  const { body } = await decide(mia, id, 'reject');
  await mia('POST', `/moderation/decisions/${body.id}/undo`);
  expect(await item(id)).toMatchObject({
    queue: 'pending',
    decision: null,
    flags: { open: 3 },
    comment: { removed: { by: 'rule', reason: 'flags' } },
  });
});

it('only a decision that holds can be undone, by who made it or an admin, once', async () => {
  const { app, write, decide, mia, noa, boss, author } = world;
  const [own, another, edited, moved, again] = await Promise.all([write(), write(), write(), write(), write()]);
  const made = async (id: number, action = 'approve') => (await decide(mia, id, action)).body.id;
  const [ownId, anotherId, editedId, movedId, againId] = [
    await made(own),
    await made(another),
    await made(edited),
    await made(moved),
    await made(again),
  ];
  await author('PATCH', `/comments/${edited}`, { text: 'another text', revision: 1 });
  await setCommentState(app, moved, 'pending');
  const undo = (as: typeof mia, id: number) => () => as('POST', `/moderation/decisions/${id}/undo`);
  await undo(mia, againId)();
  await made(again, 'reject');
  expect(
    await verdicts({
      own: undo(mia, ownId),
      'own, twice': undo(mia, ownId),
      'of another': undo(noa, anotherId),
      'of another, by an admin': undo(boss, anotherId),
      edited: undo(mia, editedId),
      'moved by another program': undo(mia, movedId),
      'undone and decided anew': undo(mia, againId),
      unknown: undo(mia, 999_999),
    }),
  ).toEqual({
    own: '200',
    'own, twice': '409 already_undone',
    'of another': '403 forbidden',
    'of another, by an admin': '200',
    edited: '409 comment_changed',
    'moved by another program': '409 comment_changed',
    'undone and decided anew': '409 already_undone',
    unknown: '404 unknown_decision',
  });
});

it('a batch is made whole, each line its own, and undone whole', async () => {
  const { write, flag, mia, noa, queues, status } = world;
  const ids = [await write(), await write(), await write()];
  for (const id of ids) await flag(id);
  const before = await queues();
  const decisions = ids.map((commentId, n) => ({ commentId, action: n === 1 ? 'approve' : 'reject', revision: 1 }));
  const { status: made, body } = await mia('POST', '/moderation/decisions/batch', { decisions });
  expect([made, body.items.map(({ commentId }: { commentId: number }) => commentId)]).toEqual([201, ids]);
  const { body: log } = await mia('GET', `/moderation/log?batch=${body.batch}`);
  expect(log.items.map(({ commentId }: { commentId: number }) => commentId)).toEqual(ids.toReversed());
  expect(await Promise.all(ids.map(status))).toEqual(['rejected', 'approved', 'rejected']);
  const undo = (as: typeof mia) => as('POST', `/moderation/decisions/batch/${body.batch}/undo`);
  expect((await undo(noa)).status).toBe(403);
  expect((await undo(mia)).status).toBe(200);
  expect([await queues(), await status(ids[0] as number)]).toEqual([before, 'published']);
  expect((await undo(mia)).body).toMatchObject({ code: 'batch_refused', errors: [{ code: 'already_undone' }, {}, {}] });
});

it('a batch of which one can not be decided changes nothing, and says which and why', async () => {
  const { write, flag, decide, mia, noa, queues, status } = world;
  const [good, decided, claimed, stale] = [await write(), await write(), await write(), await write()];
  for (const id of [good, stale]) await flag(id);
  const { body: winner } = await decide(noa, decided, 'reject');
  await noa('POST', `/moderation/items/${claimed}/claim`);
  const before = await queues();
  const { status: answer, body } = await mia('POST', '/moderation/decisions/batch', {
    decisions: [
      { commentId: good, action: 'reject', revision: 1 },
      { commentId: decided, action: 'reject', revision: 1 },
      { commentId: claimed, action: 'reject', revision: 1 },
      { commentId: stale, action: 'reject', revision: 7 },
      { commentId: 999_999, action: 'reject', revision: 1 },
      { commentId: good, action: 'approve', revision: 1 },
    ],
  });
  expect([answer, body.code]).toEqual([409, 'batch_refused']);
  expect(body.errors).toMatchObject([
    { index: 1, code: 'already_decided', decision: { id: winner.id }, pointer: '/decisions/1' },
    { index: 2, code: 'already_claimed', claim: { by: { id: 32, name: 'Noa' } } },
    { index: 3, code: 'stale_revision' },
    { index: 4, code: 'unknown_comment' },
    { index: 5, code: 'already_decided' },
  ]);
  expect([await queues(), await status(good)]).toEqual([before, 'published']);
});
