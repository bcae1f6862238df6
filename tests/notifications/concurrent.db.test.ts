import fc from 'fast-check';
import type pg from 'pg';
import { expect, it } from 'vitest';
import { somebodyWaits } from '../features/somebody-waits.ts';
import { psql } from '../sql/counting.ts';
import { transactions, worldSize } from '../sql/counting-operations.ts';
import { audited, perform, program } from '../sql/counting-play.ts';

const writers = 3;
const seeds = process.env.SEED ? [Number(process.env.SEED)] : [2, Math.floor(Math.random() * 2 ** 31)];

it.each(seeds)(
  'whatever several programs write while others settle and read, every list stands up to a recount (SEED=%i)',
  { timeout: 120_000 },
  async (seed) => {
    const [all = []] = fc.sample(transactions, { seed, numRuns: 1 });
    const world = await psql();
    await world.campaigns(worldSize);
    await world.run('insert into advertiser_member (advertiser_id, user_id) values (5, 1), (5, 900)');
    const programs = await Promise.all(Array.from({ length: writers + 2 }, () => program(world.url)));
    let writing = true;
    const [settler, reader, ...others] = programs as [pg.Client, pg.Client, ...pg.Client[]];
    const settling = (async () => {
      while (writing) await settleAll(settler);
    })();
    const reading = (async () => {
      for (let user = 1; writing; user = (user % 9) + 1)
        await reader.query('select read_notifications($1, null, null, false)', [user]).catch(onlyDeadlock);
    })();
    await Promise.all(
      others.map(async (client, n) => {
        for (const [place, transaction] of all.entries()) {
          if (place % writers === n) await perform(client, transaction);
        }
      }),
    );
    writing = false;
    await Promise.all([settling, reading]);
    while ((await settleAll(world.client)) > 0);
    const notes = await world.run('select count(*)::int as notes from notification_note');
    const [made] = await world.run('select count(distinct user_id) as readers, max(id) as rows from notification');
    // Else the run proved little; a random one may be short, or end with a TRUNCATE.
    if (seed === 2) expect([made?.readers > 2, made?.rows > 20]).toEqual([true, true]);
    expect([notes, await audited(world.client)]).toEqual([[{ notes: 0 }], []]);
    await Promise.all(programs.map((client) => client.end()));
  },
);

async function settleAll(client: pg.Client): Promise<number> {
  const { rows } = await client
    .query('select settle_notifications(array(select distinct user_id from notification_note)) as taken')
    .catch(onlyDeadlock);
  return Number(rows[0]?.taken ?? 0);
}

it('a like that is moved away while its comment becomes another’s is in nobody’s list', async () => {
  const world = await psql();
  await world.campaigns(1);
  await world.run(`insert into campaign_engagement (id, campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
    overriding system value values (101, 1, 11, 'comment', 'x', null), (102, 1, 12, 'comment', 'y', null), (103, 1, 13, 'like', null, 101)`);
  await settleAll(world.client);
  const [liker, mover] = await Promise.all([program(world.url), program(world.url)]);
  await liker.query('begin');
  await liker.query('update campaign_engagement set parent_comment_id = 102 where id = 103');
  const moving = mover.query('update campaign_engagement set user_id = 14 where id = 101');
  await Promise.race([moving, somebodyWaits({ pool: world.client })]);
  await settleAll(world.client);
  await liker.query('commit');
  await moving;
  while ((await settleAll(world.client)) > 0);
  expect(await world.run('select user_id::int, count::int from notification where count > 0')).toEqual([
    { user_id: 12, count: 1 },
  ]);
  expect(await audited(world.client)).toEqual([]);
  await Promise.all([liker.end(), mover.end()]);
});

it('engagement that becomes an owner’s own is no news to them any more', async () => {
  const world = await psql();
  await world.campaigns(1);
  await world.run('insert into advertiser_member (advertiser_id, user_id) values (5, 900)');
  await world.run(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type) values (1, 21, 'like'), (1, 22, 'like')`,
  );
  await settleAll(world.client);
  await world.run('update campaign_engagement set user_id = 900 where user_id = 21');
  while ((await settleAll(world.client)) > 0);
  expect(await world.run('select count::int from notification')).toEqual([{ count: 1 }]);
  expect(await audited(world.client)).toEqual([]);
});

it('who becomes the author of a comment that names them is told of it no more, and the next author’s is told', async () => {
  const world = await psql();
  await world.campaigns(1);
  await world.run(`insert into campaign_engagement (id, campaign_id, user_id, engagement_type, comment_text)
    overriding system value values (101, 1, 11, 'comment', 'hello @14'), (102, 1, 14, 'comment', 'hello @14')`);
  await world.run(
    'insert into comment_mention (comment_id, user_id) values (101, 14), (102, 14) on conflict do nothing',
  );
  while ((await settleAll(world.client)) > 0);
  await world.run('update campaign_engagement set user_id = 25 - user_id');
  while ((await settleAll(world.client)) > 0);
  const shown = await world.run('select comment_id::int, count::int from notification where count > 0');
  expect([shown, await audited(world.client)]).toEqual([[{ comment_id: 102, count: 1 }], []]);
});

/** TRUNCATE takes what settling holds, in an order of its own; the notes of who gave way are still there. */
function onlyDeadlock(error: { code?: string }): { rows: { taken: number }[] } {
  if (error.code !== '40P01') throw error;
  return { rows: [{ taken: 1 }] };
}
