import fc from 'fast-check';
import type pg from 'pg';
import { expect, it } from 'vitest';
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
    expect([made?.readers > 2, made?.rows > 20]).toEqual([true, true]); // else the run proved little
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

/** TRUNCATE takes what settling holds, in an order of its own; the notes of who gave way are still there. */
function onlyDeadlock(error: { code?: string }): { rows: { taken: number }[] } {
  if (error.code !== '40P01') throw error;
  return { rows: [{ taken: 1 }] };
}
