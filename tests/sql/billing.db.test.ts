import { afterEach, beforeAll, describe, expect, it } from 'vitest';
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

describe('closing a cycle', () => {
  it('bills every valid impression once, and moves the balances', async () => {
    const id = await world.seen(7);
    await world.judge(id, 2);
    expect(await world.close(id)).toMatchObject({
      impressions_delivered: 5,
      amount: 1.25,
      status: 'draft',
      cpi_rate: 0.25,
    });
    expect(await world.charged(id)).toBe(5);
    expect(await world.balances(id)).toEqual({ charged: 1.25, used: 1.25, outstanding: 1.25, remaining: 98.75 });
    expect((await world.close(id))?.id ?? null).toBeNull();
  });

  it('marks one again that somebody unmarked, and bills it once', async () => {
    const id = await world.seen(2);
    await world.close(id);
    await db.run('update campaign_impressions set charged = false where campaign_id = $1', [id]);
    await db.see(id, 'new');
    expect(await world.close(id)).toMatchObject({ impressions_delivered: 1, amount: 0.25 });
    expect(await world.charged(id)).toBe(3);
  });

  it('takes the oldest where it may take no more, and counts the cycles', async () => {
    const id = await world.seen(5);
    const cycles = [await world.close(id, 'cycle', 2), await world.close(id, 'cycle', 2), await world.close(id)];
    expect(cycles.map((i) => [i.billing_cycle_number, i.impressions_delivered])).toEqual([
      [1, 2],
      [2, 2],
      [3, 1],
    ]);
  });

  it('numbers the invoices of an advertiser without a gap, whatever was rolled back', async () => {
    const [a, b] = [await world.seen(1, { advertiser_id: 77 }), await world.seen(1, { advertiser_id: 77 })];
    await db.run('begin');
    await world.close(a);
    await db.run('rollback');
    expect((await world.close(b)).invoice_number).toBe('A77-000001');
    expect((await world.close(a)).invoice_number).toBe('A77-000002');
  });

  it('rounds the whole and not each impression', async () => {
    const id = await world.seen(3, { cpi_rate: 0.005 });
    await db.run('update campaign_impressions set cpi_rate = 0.005 where campaign_id = $1', [id]);
    expect((await world.close(id)).amount).toBe(0.02);
  });
});

describe('an invoice', () => {
  it('goes only where it may go', async () => {
    const ways: Record<string, string[]> = {};
    for (const from of ['draft', 'open', 'paid', 'void', 'uncollectible']) {
      ways[from] = [];
      for (const to of ['open', 'paid', 'void', 'uncollectible']) {
        const id = await world.seen(1);
        const invoice = await world.close(id);
        await db.run('update campaign_invoices set status = $2 where id = $1', [invoice.id, from]);
        if ((await world.move(invoice.id, to))?.id) ways[from]?.push(to);
        await db.run('update campaign_invoices set status = $2 where id = $1', [invoice.id, 'draft']);
      }
    }
    expect(ways).toEqual({
      draft: ['open', 'paid', 'void'],
      open: ['paid', 'void', 'uncollectible'],
      paid: [],
      void: [],
      uncollectible: ['paid', 'void'],
    });
  });

  it('that is void frees what it charged for the next closing', async () => {
    const id = await world.seen(3);
    await world.move((await world.close(id)).id, 'void');
    expect([await world.charged(id), await world.balances(id)]).toEqual([
      0,
      { charged: 0, used: 0, outstanding: 0, remaining: 100 },
    ]);
    expect(await world.close(id)).toMatchObject({ impressions_delivered: 3 });
  });

  it('asks for its discount less and its tax more, once it leaves the draft', async () => {
    const invoice = await world.close(await world.seen(8));
    await db.run('update campaign_invoices set discount_amount = 0.5, tax_amount = 0.3 where id = $1', [invoice.id]);
    expect(await world.move(invoice.id, 'open')).toMatchObject({ amount: 2, outstanding_amount: 1.8 });
  });

  it('that another program pays settles the balance', async () => {
    const id = await world.seen(4);
    await world.close(id);
    await db.run(`update campaign_invoices set status = 'paid', outstanding_amount = 0 where campaign_id = $1`, [id]);
    expect(await world.balances(id)).toMatchObject({ outstanding: 0, used: 1 });
  });
});

it('an invoice that is deleted frees what it charged, and so does a truncate of all', async () => {
  const id = await world.seen(3);
  const bill = async () => (await world.close(id)).impressions_delivered;
  const [first] = [await bill()];
  await db.run('delete from campaign_invoices where campaign_id = $1', [id]);
  const again = await bill();
  expect(await world.balances(id)).toMatchObject({ charged: 0.75, remaining: 99.25 });
  await db.run('truncate campaign_invoices cascade');
  expect([await world.charged(id), (await world.balances(id))?.charged]).toEqual([0, 0]);
  expect([first, again, await bill()]).toEqual([3, 3, 3]);
});

it('the audit tells of a charge, a balance and a milestone that are wrong, and a rebuild puts them right', async () => {
  const id = await world.seen(12);
  await world.close(id);
  await db.run('update campaign_billing set charged = 5 where campaign_id = $1', [id]);
  await db.run('update campaign_profile set total_charged = 99 where id = $1', [id]);
  await db.run('delete from campaign_milestone where campaign_id = $1', [id]);
  const found = await db.run('select projection, key from audit_billing($1) order by 1, 2', [id]);
  const missing = ['impressions 10', 'reach 10'].map((key) => ({ projection: 'campaign_milestone', key }));
  expect(found).toEqual([
    { projection: 'campaign_billing', key: String(id) },
    ...missing,
    { projection: 'campaign_profile', key: String(id) },
  ]);
  await db.run('select rebuild_campaign($1)', [id]);
  expect(await db.run('select * from audit_billing($1)', [id])).toEqual([]);
});
