import pg from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { randomOf } from '../faults/random.ts';
import { type Psql, psql } from './counting.ts';

let db: Psql;
beforeEach(async () => {
  db = await psql();
});

const ban = (user: number, more = 'null') =>
  db.run(`select document from sanction_user($1, 'ban', ${more}, 'spam', null, null, 700, null)`, [user]);
const barred = async (user: number) =>
  (await db.run('select barred_until from user_access where user_id = $1', [user]))[0]?.barred_until ?? null;
const told = async (user: number) =>
  (
    await db.run(
      `select data->>'kind' as kind, data->>'inForce' as holds from live_event where stream = user_stream($1) order by seq`,
      [user],
    )
  ).map(({ kind, holds }) => `${kind} ${holds}`);
const audit = () => db.run('select projection, key from audit_people()');

it('another program’s sanction is told its user and takes the private streams, and its end gives them back', async () => {
  await db.run(
    `insert into user_sanction (user_id, kind, reason, log_id) values (5, 'ban', 'spam', 1), (5, 'mute', 'spam', 2)`,
  );
  expect([await told(5), await barred(5)]).toEqual([['ban true', 'mute true'], Number.POSITIVE_INFINITY]);
  await db.run('delete from user_sanction where user_id = 5');
  expect([(await told(5)).slice(2), await barred(5)]).toEqual([['ban false', 'mute false'], null]);
});

it('a campaign that goes takes its sanctions along, and their users are told', async () => {
  const [campaign = 0] = await db.campaigns(1);
  await ban(6, String(campaign));
  await db.run('delete from campaign_profile where id = $1', [campaign]);
  expect(await told(6)).toEqual(['ban true', 'ban false']);
  expect(await audit()).toEqual([]);
});

it('truncated sanctions bar nobody any more, and a bar that was set by hand stays', async () => {
  await ban(7);
  await db.run(`select bar_user(8, 'infinity', 'by hand')`);
  await db.run('truncate user_sanction');
  expect([await barred(7), await barred(8)]).toEqual([null, Number.POSITIVE_INFINITY]);
});

it('a mute leaves a bar alone that was set by hand', async () => {
  await db.run(`select bar_user(9, 'infinity', 'by hand')`);
  await db.run(`select sanction_user(9, 'mute', null, 'spam', null, null, 700, null)`);
  expect(await barred(9)).toBe(Number.POSITIVE_INFINITY);
});

it('the audit finds a sanction without its line, a banned user who is not barred, and a statement that is missing', async () => {
  await ban(10);
  await ban(11);
  expect(await audit()).toEqual([]);
  await db.run('update user_sanction set log_id = 99 where user_id = 10');
  await db.run('select bar_user(11, null)');
  await db.run('delete from moderation_statement where id = 2');
  expect((await audit()).map(({ projection }) => projection).sort()).toEqual([
    'moderation_statement',
    'user_access',
    'user_sanction',
  ]);
});

it('sanctions made, lifted and expired at once by several programs leave the log whole and one of a kind in force', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  const random = randomOf(seed);
  const program = async () => {
    const client = new pg.Client({ connectionString: db.url });
    await client.connect();
    for (let n = 0; n < 40; n++) {
      const [user, kind] = [random.of([20, 21, 22]), random.of(['mute', 'ban'])];
      const until = random.of(['null', `clock_timestamp() + interval '5 ms'`]);
      const call = random.of([
        `sanction_user(${user}, '${kind}', null, 'spam', null, ${until}, 700, null)`,
        `lift_sanction(${user}, '${kind}', null, 700, null)`,
        'expire_sanctions(10)',
      ]);
      await client.query(`select ${call}`);
    }
    await client.end();
  };
  await Promise.all([program(), program(), program()]);
  expect(await audit()).toEqual([]);
  expect(await db.run('select * from audit_moderation_log()')).toEqual([]);
  const open = await db.run('select user_id, kind from user_sanction where lifted_at is null');
  expect(new Set(open.map(({ user_id, kind }) => `${user_id} ${kind}`)).size).toBe(open.length);
});
