import { beforeAll, expect, it } from 'vitest';
import { logEntrySchema } from '../../../server/contract/desk.ts';
import { audited } from '../../sql/counting-play.ts';
import { withClient } from '../../support/sql.ts';
import { verdicts } from '../refusals.ts';
import { deskWorld } from './desk-world.ts';

let world: Awaited<ReturnType<typeof deskWorld>>;
const made: number[] = [];
beforeAll(async () => {
  world = await deskWorld();
  const { write, decide, mia, noa } = world;
  for (const [as, action] of [
    [mia, 'reject'],
    [noa, 'approve'],
    [mia, 'approve'],
  ] as const)
    made.push((await decide(as, await write(), action, { reason: 'spam', explanation: 'why' })).body.id);
  await mia('POST', `/moderation/decisions/${made[2]}/undo`, { explanation: 'a slip' });
});

it('the log has every decision and every undo, newest first, page by page', async () => {
  const { mia } = world;
  const first = (await mia('GET', '/moderation/log?limit=3')).body;
  const second = (await mia('GET', `/moderation/log?limit=3&cursor=${first.nextCursor}`)).body;
  const items = [...first.items, ...second.items];
  for (const item of items) expect(logEntrySchema.strict().parse(item)).toEqual(item);
  expect(items.map(({ action, actor, undoes }) => [action, actor.id, undoes])).toEqual([
    ['undo', 31, made[2]],
    ['approve', 31, null],
    ['approve', 32, null],
    ['reject', 31, null],
  ]);
  expect(items[3]).toMatchObject({ reason: 'spam', explanation: 'why', userId: 11, actor: { id: 31, name: 'Mia' } });
  expect(second.nextCursor).toBe(null);
});

it('it can be asked for by action, moderator, author and comment', async () => {
  const { mia } = world;
  const count = async (query: string) => (await mia('GET', `/moderation/log?${query}`)).body.items.length;
  expect([
    await count('action=approve'),
    await count('actorId=32'),
    await count('userId=11'),
    await count('userId=12'),
    await count('actorId=31&action=undo'),
  ]).toEqual([2, 1, 4, 0, 1]);
});

it('anybody at the desk may have every hash of it recomputed', async () => {
  const { mia } = world;
  const { body } = await mia('GET', '/moderation/log/verification');
  const newest = (await mia('GET', '/moderation/log?limit=1')).body.items[0];
  expect(body).toEqual({ lines: 4, head: newest.hash, differences: 0, at: expect.any(String) });
});

it.each([
  'update moderation_log set explanation = null',
  'delete from moderation_log where id = 1',
  'truncate moderation_log',
])('nobody edits it: %s', async (sql) => {
  await expect(world.app.pool.query(sql)).rejects.toMatchObject({ constraint: 'moderation_log_is_append_only' });
});

it.each([
  ['an edited line', `update moderation_log set explanation = 'another' where id = 2`, ['2']],
  [
    'a line with its hash made anew',
    `update moderation_log l set reason = 'x',
     hash = sha256(previous_hash || convert_to(moderation_line(row(l.id, l.at, l.actor_id, l.actor_name, l.action, l.comment_id,
       l.campaign_id, l.user_id, l.revision, 'x', l.explanation, l.details, l.batch, l.undoes, l.previous_hash, l.hash)::moderation_log)::text, 'UTF8'))
     where id = 2`,
    ['3'],
  ],
  ['a line that is missing', 'delete from moderation_log where id = 3', ['4']],
])('the audit finds %s though no trigger saw it', async (_, sql, lines) => {
  await withClient(world.app.databaseUrl, async (client) => {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query(sql);
    const found = (await audited(client)).filter(({ projection }) => projection === 'moderation_log');
    expect(found.map(({ key }) => key).sort()).toEqual(lines);
    await client.query('rollback');
  });
  await world.proven();
});

it('templates are there, can be added and dropped', async () => {
  const { mia } = world;
  const before = (await mia('GET', '/moderation/templates')).body.items;
  expect(before.length).toBeGreaterThan(3);
  const { status, body } = await mia('POST', '/moderation/templates', {
    reason: 'spam',
    title: 'Links',
    text: 'No links.',
  });
  expect([status, (await mia('GET', '/moderation/templates')).body.items]).toEqual([
    201,
    expect.arrayContaining([body]),
  ]);
  expect(
    await verdicts({
      first: () => mia('DELETE', `/moderation/templates/${body.id}`),
      again: () => mia('DELETE', `/moderation/templates/${body.id}`),
    }),
  ).toEqual({ first: '200', again: '404 unknown_template' });
  expect((await mia('GET', '/moderation/templates')).body.items).toEqual(before);
});
