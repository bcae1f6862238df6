import { beforeAll, expect, it } from 'vitest';
import { auditDatabase } from '../../../server/audit/audit-database.ts';
import { rebuildDatabase } from '../../../server/audit/rebuild-database.ts';
import { withClient } from '../../support/sql.ts';
import { deskWorld } from './desk-world.ts';

let world: Awaited<ReturnType<typeof deskWorld>>;
beforeAll(async () => {
  world = await deskWorld();
  const { write, flag, decide, mia } = world;
  const [reported, decided] = [await write(), await write()];
  for (const id of [reported, decided]) await flag(id, 2);
  await decide(mia, decided, 'reject');
});

async function differences(): Promise<string[]> {
  const found = [];
  for await (const { projection, key } of auditDatabase(world.app.databaseUrl)) found.push(`${projection} ${key}`);
  return found.sort();
}

it.each([
  ['an item of another queue', `update moderation_item set queue = 'pending' where comment_id = 1`],
  ['an item that is missing', 'delete from moderation_item where comment_id = 2'],
  ['an item with another weight', 'update moderation_item set weight = 9, flags = 1'],
  ['a queue with another count', `update moderation_queue set items = 7 where queue = 'reported'`],
  ['all counts gone', 'truncate moderation_queue'],
  ['the record of somebody’s flags', 'update flagger_record set agreed = 5 where user_id = 21'],
  ['a record that is missing', 'delete from flagger_record where user_id = 22'],
])('the audit finds %s, and a rebuild makes it good', async (_, sql) => {
  const { app, queues, item } = world;
  const { rows } = await app.pool.query('select min(id)::int as first from campaign_engagement');
  const [first, before] = [rows[0].first, await queues()];
  const whole = [await item(first), await item(first + 1)];
  expect(await differences()).toEqual([]);
  await withClient(app.databaseUrl, async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(sql);
  });
  expect(await differences()).not.toEqual([]);
  await rebuildDatabase(app.databaseUrl);
  expect(await differences()).toEqual([]);
  expect([await queues(), await item(first), await item(first + 1)]).toEqual([before, ...whole]);
});
