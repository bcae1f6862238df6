import { expect, it } from 'vitest';
import { startAccessList } from '../../server/platform/auth/access-list.ts';
import { createPool, endPool } from '../../server/platform/db.ts';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';

const person = (userId: number, issuedAt: number | null) => ({
  userId,
  roles: new Set<never>(),
  name: null,
  profileId: null,
  profileType: null,
  advertiserId: null,
  issuedAt,
  expiresAt: null,
});

it('is whole from the start however long, and then knows of each change: of many at once, and of what was given back', async () => {
  const database = await freshDatabase();
  const log = createLog('silent');
  const pool = createPool({ url: database.url, name: 'test', max: 4, log });
  await pool.query(`insert into user_access (user_id, tokens_from)
    select n, to_timestamp(1000) from generate_series(1, 4500) n`);
  const list = await startAccessList(pool, log, createMetrics());
  const heard: number[] = [];
  list.onChange((userIds) => heard.push(...userIds));
  expect([1, 2_000, 2_001, 4_500].map((id) => list.revokes(person(id, 999)))).toEqual([true, true, true, true]);
  expect([person(1, 1_000), person(4_501, 1), person(1, null)].map(list.revokes)).toEqual([false, false, true]);

  await pool.query(`update user_access set tokens_from = to_timestamp(2000) where user_id > 4490`);
  await pool.query(`select bar_user(1, clock_timestamp() + interval '1 second')`);
  await eventually(
    () => expect(heard.sort((a, b) => a - b)).toEqual([1, ...Array.from({ length: 10 }, (_, n) => 4_491 + n)]),
    {
      within: 1_000,
    },
  );
  expect(list.revokes(person(4_500, 1_999))).toBe(true);
  expect(list.bars(1)).toBe(true);
  await eventually(() => expect(list.bars(1)).toBe(false), { within: 2_000 });
  await pool.query('update user_access set tokens_from = null, barred_until = null where user_id = 2');
  await eventually(() => expect(list.revokes(person(2, 1))).toBe(false), { within: 1_000 });
  await list.stop();
  await endPool(pool);
  await database.drop();
});
