import { afterEach, beforeAll, expect, it } from 'vitest';
import { itemDetailSchema, itemPageSchema } from '../../../server/contract/desk.ts';
import { apiAs, user } from '../../support/api.ts';
import { token } from '../../support/app.ts';
import { setCommentState } from '../campaign-in.ts';
import { verdicts } from '../refusals.ts';
import { deskWorld } from './desk-world.ts';

let world: Awaited<ReturnType<typeof deskWorld>>;
beforeAll(async () => {
  world = await deskWorld();
});
afterEach(() => world.proven());

it('a flag puts a published comment into `reported`, with what speaks against it', async () => {
  const { write, flag, mia, campaignId } = world;
  const id = await write('look at me');
  await flag(id, 2);
  const { body } = await mia('GET', '/moderation/items?queue=reported');
  expect(itemPageSchema.strict().parse(body)).toEqual(body);
  expect(body).toMatchObject({ stream: 'moderation', seq: expect.any(Number), nextCursor: null });
  expect(body.items).toMatchObject([
    {
      commentId: id,
      campaignId,
      comment: { id, text: 'look at me', status: 'published' },
      queue: 'reported',
      revision: 1,
      flags: { total: 2, open: 2, weight: 2, byReason: { spam: 2 } },
      rules: [],
      claim: null,
      screens: 0,
      escalated: false,
      decision: null,
    },
  ]);
  await world.decide(mia, id, 'approve');
});

it('a comment that another program holds is in `pending`, with its text, and out again when it is deleted', async () => {
  const { app, write, mia, queues, item } = world;
  const before = await queues();
  const id = await write('held');
  await setCommentState(app, id, 'pending');
  expect(await item(id)).toMatchObject({ queue: 'pending', comment: { text: 'held', status: 'pending' } });
  expect(await queues()).toEqual({ ...before, pending: before.pending + 1 });
  await app.pool.query('delete from campaign_engagement where id = $1', [id]);
  expect([await queues(), (await mia('GET', `/moderation/items/${id}`)).body.code]).toEqual([
    before,
    'unknown_comment',
  ]);
});

it('a flag that another program deletes takes the item away', async () => {
  const { app, write, flag, queues } = world;
  const before = await queues();
  const id = await write();
  await flag(id);
  expect(await queues()).toEqual({ ...before, reported: before.reported + 1 });
  await app.pool.query('delete from comment_flag where comment_id = $1', [id]);
  expect(await queues()).toEqual(before);
});

it('what a rule found puts a comment into `reported`, unless the rules only watch', async () => {
  const { app, write, item } = world;
  const [found, watched] = [await write(), await write()];
  for (const [id, shadow] of [
    [found, false],
    [watched, true],
  ])
    await app.pool.query(
      `insert into comment_rule_hit (comment_id, revision, rule, outcome, evidence, score, rules_version, shadow)
       values ($1, 1, 'links', 'flag', '{"links": 3}', 0.75, 1, $2)`,
      [id, shadow],
    );
  expect(await item(found as number)).toMatchObject({
    queue: 'reported',
    rules: [{ rule: 'links', outcome: 'flag', evidence: { links: 3 }, score: 0.75 }],
  });
  expect((await item(watched as number)).code).toBe('unknown_comment');
});

it('an item comes with its thread, its author’s record, notes and decisions', async () => {
  const { write, flag, mia, noa, decide } = world;
  const top = await write('top');
  const [before, id] = [await write('before', top), await write('this', top)];
  await flag(id);
  await decide(noa, id, 'reject', { reason: 'spam', explanation: 'an advertisement' });
  await mia('POST', `/moderation/items/${id}/notes`, { text: 'seen this before' });
  const { body } = await mia('GET', `/moderation/items/${id}`);
  expect(itemDetailSchema.strict().parse(body)).toEqual(body);
  expect(body).toMatchObject({
    queue: 'rejected',
    comment: { text: 'this', status: 'rejected', removed: { by: 'moderator', reason: 'spam' } },
    thread: { ancestors: [{ id: top }], siblings: [{ id: before }] },
    author: { id: 11, name: 'Ada', rejections: 1, sanctions: [] },
    notes: [{ text: 'seen this before', moderator: { id: 31, name: 'Mia' } }],
    decisions: [{ action: 'reject', moderator: { id: 32, name: 'Noa' }, explanation: 'an advertisement' }],
  });
});

it('lists are by time either way, and whole page by page', async () => {
  const { write, flag, mia } = world;
  const ids: number[] = [];
  for (let n = 0; n < 5; n++) {
    ids.push(await write());
    await flag(ids.at(-1) as number);
  }
  for (const [sort, expected] of [
    ['oldest', ids],
    ['newest', ids.toReversed()],
    ['harm', ids],
  ] as const) {
    const seen = [];
    let cursor = '';
    do {
      const { body } = await mia('GET', `/moderation/items?queue=reported&sort=${sort}&limit=2${cursor}`);
      seen.push(...body.items.map(({ commentId }: { commentId: number }) => commentId));
      cursor = body.nextCursor && `&cursor=${body.nextCursor}`;
    } while (cursor);
    expect(seen.filter((id) => ids.includes(id))).toEqual(expected);
  }
});

it('the heavier comes first under harm, and what an admin is asked for before everything', async () => {
  const { write, flag, noa, mia } = world;
  const [light, heavy] = [await write(), await write()];
  await flag(light);
  await flag(heavy, 2);
  const first = async () =>
    (await mia('GET', '/moderation/items?limit=100')).body.items.map(
      ({ commentId }: { commentId: number }) => commentId,
    );
  const order = await first();
  expect(order.indexOf(heavy)).toBeLessThan(order.indexOf(light));
  expect((await noa('POST', `/moderation/items/${light}/escalation`, { note: 'law?' })).body.escalated).toBe(true);
  expect((await first())[0]).toBe(light);
});

it('who does not moderate hears 403, whatever they ask, and without a token 401', async () => {
  const { app, campaignId } = world;
  const [reader, owner] = [
    await user(app.url, 9),
    apiAs(app.url, await token(5, { roles: ['advertiser'], advertiser_id: 5 })),
  ];
  const nobody = apiAs(app.url, null);
  const calls: [string, string, object?][] = [
    ['GET', '/moderation/queues'],
    ['GET', '/moderation/items?queue=nonsense'],
    ['GET', '/moderation/items/999999'],
    ['GET', '/moderation/items/x'],
    ['POST', '/moderation/items/999999/claim'],
    ['DELETE', '/moderation/items/999999/claim'],
    ['POST', '/moderation/items/999999/decisions', {}],
    ['POST', '/moderation/items/x/notes', {}],
    ['POST', '/moderation/items/x/escalation', {}],
    ['POST', '/moderation/decisions/batch', { decisions: 1 }],
    ['POST', '/moderation/decisions/999999/undo', {}],
    ['POST', '/moderation/decisions/batch/x/undo', {}],
    ['GET', '/moderation/log?cursor=x'],
    ['GET', '/moderation/templates'],
    ['POST', '/moderation/templates', {}],
    ['DELETE', '/moderation/templates/1'],
  ];
  const heard = async (as: typeof reader) =>
    new Set(
      Object.values(await verdicts(Object.fromEntries(calls.map(([m, p, b]) => [`${m} ${p}`, () => as(m, p, b)])))),
    );
  expect([await heard(reader), await heard(owner), await heard(nobody)]).toEqual([
    new Set(['403 forbidden']),
    new Set(['403 forbidden']),
    new Set(['401 unauthenticated']),
  ]);
  expect(campaignId).toBeGreaterThan(0);
});
