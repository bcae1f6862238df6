import { afterEach, beforeAll, expect, it } from 'vitest';
import { billingWorld } from './billing-world.ts';
import { type Psql, psql } from './counting.ts';
import { proven } from './counting-play.ts';

let db: Psql;
let world: ReturnType<typeof billingWorld>;
beforeAll(async () => {
  db = await psql();
  world = billingWorld(db);
});
afterEach(() => proven(db.client));

const first = async (id: number) =>
  (await db.run('select min(id) as id from campaign_impressions where campaign_id = $1', [id]))[0]?.id;
const invalid = async (id: number) =>
  (
    await db.run(
      'select coalesce(sum(impressions), 0)::int as n from campaign_invalid_counters where campaign_id = $1',
      [id],
    )
  )[0]?.n;

it.each([
  [
    'the verdict first',
    `with v as (delete from impression_verdict where impression_id = $1 returning impression_id)
     delete from campaign_impressions i using v where i.id = v.impression_id`,
  ],
  [
    'the impression first',
    `with v as (delete from impression_verdict where impression_id = $1) delete from campaign_impressions where id = $1`,
  ],
])('a verdict and its impression that go in one statement, %s, leave the counts right', async (_, statement) => {
  const id = await world.seen(3);
  await world.judge(id, 1);
  await db.run(statement, [await first(id)]);
  expect([(await db.counters(id))?.impressions, await invalid(id)]).toEqual([2, 0]);
  expect(await db.run('select from verdict_gone')).toEqual([]);
});

it('a verdict that is moved to a billed impression credits it', async () => {
  const [judged, billed] = [await world.seen(1), await world.seen(4)];
  await world.judge(judged, 1);
  await world.move((await world.close(billed)).id, 'paid');
  await db.run('update impression_verdict set impression_id = $1 where impression_id = $2', [
    await first(billed),
    await first(judged),
  ]);
  expect(await world.invoices(billed, 'credit_note')).toMatchObject([{ amount: 0.25, delivered: -1, status: 'paid' }]);
  expect([await world.charged(billed), (await world.balances(billed))?.used]).toEqual([3, 0.75]);
});

it('a billed impression that is moved to another campaign is credited there and billed here', async () => {
  const [from, to] = [await world.seen(4), await world.seen(1)];
  await world.close(from);
  await db.run('update campaign_impressions set campaign_id = $2 where id = $1', [await first(from), to]);
  expect(await world.invoices(from, 'credit_note')).toMatchObject([{ amount: 0.25, delivered: -1 }]);
  expect([await world.charged(from), await world.charged(to)]).toEqual([3, 0]);
  expect(await world.close(to)).toMatchObject({ impressions_delivered: 2, amount: 0.5 });
});

it('the audit tells of a charge whose impression is of another campaign', async () => {
  const [from, to] = [await world.seen(2), await world.seen(0)];
  await world.close(from);
  await db.run('begin');
  await db.run(`set local session_replication_role = 'replica'`);
  await db.run('update campaign_impressions set campaign_id = $2 where id = $1', [await first(from), to]);
  const found = await db.run('select projection from audit_billing($1)', [from]);
  await db.run('rollback');
  expect(found).toEqual([{ projection: 'invoice_impression' }]);
});

it('an invoice that is moved to another campaign bills nothing of the old one any more', async () => {
  const [from, to] = [await world.seen(4), await world.seen(0)];
  const invoice = await world.close(from);
  await world.judge(from, 1);
  await db.run('update campaign_invoices set campaign_id = $2 where id = $1', [invoice.id, to]);
  expect([await world.charged(from), (await world.balances(from))?.used]).toEqual([0, 0]);
  expect(await world.invoices(to, 'credit_note')).toHaveLength(1);
});
