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

describe('a verdict on what was billed', () => {
  it('makes a credit note, and taking it away bills the impression again', async () => {
    const id = await world.seen(4);
    const { id: invoice } = await world.close(id);
    await world.move(invoice, 'paid');
    await world.judge(id, 1);
    expect(await world.invoices(id, 'credit_note')).toMatchObject([
      { amount: 0.25, refund: 0.25, status: 'paid', delivered: -1 },
    ]);
    expect(await world.invoices(id, 'cycle')).toMatchObject([{ amount: 1, refund: 0.25, status: 'paid' }]);
    expect([await world.charged(id), await world.balances(id)]).toEqual([
      3,
      { charged: 1, used: 0.75, outstanding: 0, remaining: 99.25 },
    ]);
    await db.run('delete from impression_verdict');
    expect(await world.close(id)).toMatchObject({ impressions_delivered: 1, amount: 0.25 });
    expect(await world.balances(id)).toMatchObject({ charged: 1.25, used: 1 });
  });

  it('asks for less where the invoice is not paid yet', async () => {
    const id = await world.seen(4);
    const { id: invoice } = await world.close(id);
    await world.judge(id, 2);
    expect(await world.move(invoice, 'open')).toMatchObject({ outstanding_amount: 0.5, amount: 1, refund_amount: 0.5 });
    expect(await world.invoices(id, 'credit_note')).toMatchObject([{ amount: 0.5, status: 'paid' }]);
  });

  it('credits one after the other exactly what was billed, to the cent', async () => {
    const id = await world.seen(3, { cpi_rate: 0.005 });
    await world.close(id);
    for (const n of [1, 1, 1]) {
      await db.run(
        `insert into impression_verdict (impression_id, class, rule, rule_version)
         select r.id, 'crawler', 'test', 1 from campaign_impressions r where r.campaign_id = $1 and r.charged order by id limit $2`,
        [id, n],
      );
    }
    const notes = await world.invoices(id, 'credit_note');
    expect(notes.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0)).toBe(2);
    expect(await world.balances(id)).toMatchObject({ used: 0, remaining: 100 });
  });
});
