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

describe('billed impressions that another program deletes', () => {
  const drop = (id: number, n: number) =>
    db.run(
      `delete from campaign_impressions
       where id in (select id from campaign_impressions where campaign_id = $1 order by id limit $2)`,
      [id, n],
    );

  it('are credited in one note, whose impressions stay written down', async () => {
    const id = await world.seen(5);
    await world.move((await world.close(id)).id, 'paid');
    await drop(id, 2);
    const [note] = await world.invoices(id, 'credit_note');
    expect(note).toMatchObject({ amount: 0.5, refund: 0.5, status: 'paid', delivered: -2 });
    expect(await world.balances(id)).toMatchObject({ charged: 1.25, used: 0.75, remaining: 99.25 });
    expect(await db.run('select from invoice_credit where credit_note_id = $1', [note?.id])).toHaveLength(2);
    expect(await db.run('select charged from campaign_billing where campaign_id = $1', [id])).toEqual([{ charged: 3 }]);
  });

  it('while their invoice was void are credited when it is not any more', async () => {
    const id = await world.seen(4);
    const { id: invoice } = await world.close(id);
    await world.move(invoice, 'void');
    await drop(id, 1);
    await db.run(`update campaign_invoices set status = 'open', outstanding_amount = amount where id = $1`, [invoice]);
    expect(await world.balances(id)).toEqual({ charged: 1, used: 0.75, outstanding: 0.75, remaining: 99.25 });
  });

  it('are credited all together by a truncate', async () => {
    const id = await world.seen(3);
    await world.close(id);
    await db.run('truncate campaign_impressions cascade');
    expect(await world.balances(id)).toEqual({ charged: 0.75, used: 0, outstanding: 0, remaining: 100 });
    expect(await db.run('select charged from campaign_billing where campaign_id = $1', [id])).toEqual([{ charged: 0 }]);
  });

  it('past the triggers are told by the audit, and credited by a rebuild', async () => {
    const id = await world.seen(3);
    await world.close(id);
    await db.run(`set session_replication_role = 'replica'`);
    await drop(id, 1);
    await db.run(`set session_replication_role = 'origin'`);
    expect(await db.run('select distinct projection from audit_billing($1)', [id])).toEqual([
      { projection: 'invoice_impression' },
    ]);
    await db.run('select rebuild_campaign($1)', [id]);
    expect(await world.balances(id)).toMatchObject({ used: 0.5, remaining: 99.5 });
  });

  it('keep their ids while they are there', async () => {
    const id = await world.seen(1);
    await world.close(id);
    expect(await db.refused('update campaign_impressions set id = default where campaign_id = $1', [id])).toMatch(
      /^23503/,
    );
  });
});

it('an impression whose own rate is changed after it was billed moves what is spent, and no invoice', async () => {
  const id = await world.seen(2);
  await world.close(id);
  await db.run('update campaign_impressions set cpi_rate = 1 where campaign_id = $1', [id]);
  expect(await db.counters(id)).toMatchObject({ spend: 2 });
  expect([await world.invoices(id, 'credit_note'), await world.balances(id)]).toMatchObject([[], { used: 0.5 }]);
});
