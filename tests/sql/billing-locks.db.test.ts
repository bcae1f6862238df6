import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedTraffic } from '../../server/demo/seed-traffic.ts';
import type { Pool } from '../../server/platform/db.ts';
import { eventually } from '../support/poll.ts';
import { billingWorld } from './billing-world.ts';
import { type Psql, psql } from './counting.ts';
import { program, proven } from './counting-play.ts';

let db: Psql;
let world: ReturnType<typeof billingWorld>;
let closer: pg.Client;
let judge: pg.Client;
beforeAll(async () => {
  db = await psql();
  world = billingWorld(db);
  [closer, judge] = [await program(db.url), await program(db.url)];
});
afterAll(async () => {
  for (const client of [closer, judge]) await client.end();
});

const waiting = async (client: pg.Client) => {
  const { rows } = await db.client.query(
    `select wait_event_type = 'Lock' as waits from pg_stat_activity where pid = $1`,
    [(client as unknown as { processID: number }).processID],
  );
  expect(rows).toEqual([{ waits: true }]);
};

/**
 * A closing that is held up while it has the profile and not yet the stream, and a verdict that comes then: who judges has
 * to wait for the profile first, or the two wait for each other.
 */
async function meet(id: number, verdict: (client: pg.Client) => Promise<unknown>): Promise<string[]> {
  await closer.query('begin');
  await closer.query('select from campaign_profile where id = $1 for no key update', [id]);
  const judged = verdict(judge).then(
    () => 'judged',
    ({ code }: pg.DatabaseError) => `judge ${code}`,
  );
  await eventually(() => waiting(judge), { within: 5_000 });
  const closed = await closer.query(`select from close_billing($1, 'cycle')`, [id]).then(
    () => 'closed',
    ({ code }: pg.DatabaseError) => `closing ${code}`,
  );
  await closer.query(closed === 'closed' ? 'commit' : 'rollback');
  return [closed, await judged];
}

const one = 'select min(id) as id from campaign_impressions where campaign_id = $1';

it('a verdict of another program on what a closing is about to charge waits for it, and is credited', async () => {
  const id = await world.seen(3);
  const insert = `insert into impression_verdict (impression_id, class, rule, rule_version) select id, 'crawler', 'test', 1 from (${one}) r`;
  expect(await meet(id, (client) => client.query(insert, [id]))).toEqual(['closed', 'judged']);
  expect(await world.invoices(id, 'credit_note')).toHaveLength(1);
  await proven(db.client);
});

it('verdicts that are judged anew wait for a closing, and are credited', async () => {
  const id = await world.seen(3);
  const moves = `(select jsonb_agg(jsonb_build_object('impression_id', id, 'class', 'crawler', 'rule', 'test', 'rule_version', 1)) from (${one}) r)`;
  await world.close(id);
  await db.run(`insert into campaign_impressions (campaign_id, session_id) values ($1, 'later')`, [id]);
  expect(await meet(id, (client) => client.query(`select move_verdicts($1, ${moves})`, [id]))).toEqual([
    'closed',
    'judged',
  ]);
  expect(await world.invoices(id, 'credit_note')).toHaveLength(1);
  await proven(db.client);
});

it('a batch of impressions, which may judge what is billed, waits for a closing', async () => {
  const id = await world.seen(3);
  const item = {
    o: 0,
    type: 'impression',
    event: randomUUID(),
    c: id,
    placement: 'widget',
    session: 's9',
    at: new Date(),
  };
  const send = (client: pg.Client) => client.query('select record_impressions($1)', [JSON.stringify([item])]);
  expect(await meet(id, send)).toEqual(['closed', 'judged']);
  expect([await world.charged(id), (await db.counters(id))?.impressions]).toEqual([3, 4]);
  await proven(db.client);
});

it('a verdict that is taken back holds no impression while it waits for the stream that a closing holds', async () => {
  const id = await world.seen(3);
  await world.judge(id, 1);
  await closer.query('begin');
  await closer.query('select lock_billing(array[$1::bigint])', [id]);
  const taken = judge.query(`delete from impression_verdict where impression_id = (${one})`, [id]);
  await eventually(() => waiting(judge), { within: 5_000 });
  await closer.query('select from campaign_impressions where campaign_id = $1 for no key update nowait', [id]);
  await closer.query('commit');
  expect((await taken).rowCount).toBe(1);
  await proven(db.client);
});

it('the traffic of the demo, with its verdicts, waits for a closing', async () => {
  const id = await world.seen(3);
  const traffic = { campaignId: id, seed: 'aurora', impressions: 200, days: 1, until: new Date() };
  const seeding = (client: pg.Client) =>
    seedTraffic({ connect: async () => Object.assign(client, { release: () => {} }) } as unknown as Pool, traffic);
  expect(await meet(id, seeding)).toEqual(['closed', 'judged']);
});

it('a like goes on while a closing marks its impressions', async () => {
  const id = await world.seen(3);
  await judge.query('begin');
  await judge.query(`select from campaign_impressions where id = (${one}) for update`, [id]);
  const closed = closer.query(`select from close_billing($1, 'cycle')`, [id]);
  await eventually(() => waiting(closer), { within: 5_000 });
  await db.run(`set lock_timeout = '5s'`);
  await db.engage(id, 1, 'like');
  await judge.query('commit');
  await closed;
  expect([await world.charged(id), await db.counters(id)]).toMatchObject([3, { likes: 1 }]);
  await proven(db.client);
});

it('an impression that is deleted while a closing waits for it stands on no invoice', async () => {
  const id = await world.seen(3);
  await judge.query('begin');
  await judge.query(`delete from campaign_impressions where id = (${one})`, [id]);
  const closed = closer.query(`select impressions_delivered::int as n from close_billing($1, 'cycle')`, [id]);
  await eventually(() => waiting(closer), { within: 5_000 });
  await judge.query('commit');
  expect((await closed).rows).toEqual([{ n: 2 }]);
  await proven(db.client);
});
