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

const voidBy = {
  'the way of the server': (id: number) => world.move(id, 'void'),
  'another program’s update': (id: number) =>
    db.run(`update campaign_invoices set status = 'void', outstanding_amount = 0 where id = $1`, [id]),
};
const summary = async (id: number) =>
  (
    await db.run(
      `select total_impressions_billed::int as billed, total_paid::float8 as paid, get_campaign_payment_status(id) as status
       from campaign_with_payment_summary where id = $1`,
      [id],
    )
  )[0];
const nothing = { charged: 0, used: 0, outstanding: 0, remaining: 100 };

describe.each(Object.entries(voidBy))('an invoice that becomes void by %s', (_, makeVoid) => {
  it('frees what it charged, and the balances say so', async () => {
    const id = await world.seen(3);
    const invoice = await world.close(id);
    await makeVoid(invoice.id);
    expect([await world.charged(id), await world.balances(id)]).toEqual([0, nothing]);
    expect(await world.close(id)).toMatchObject({ impressions_delivered: 3 });
  });

  it('takes its settled credit notes along', async () => {
    const id = await world.seen(4);
    const invoice = await world.close(id);
    await world.move(invoice.id, 'open');
    await world.judge(id, 3);
    await makeVoid(invoice.id);
    expect(await world.invoices(id, 'credit_note')).toMatchObject([{ status: 'void' }]);
    expect(await summary(id)).toEqual({ billed: 0, paid: 0, status: 'no_invoices' });
  });
});

describe('an invoice that another program deletes', () => {
  it('leaves no charge and only void credit notes', async () => {
    const id = await world.seen(4);
    const invoice = await world.close(id);
    await world.move(invoice.id, 'open');
    await world.judge(id, 1);
    await db.run('delete from campaign_invoices where id = $1', [invoice.id]);
    expect([await world.charged(id), await world.balances(id), await summary(id)]).toEqual([
      0,
      nothing,
      { billed: 0, paid: 0, status: 'no_invoices' },
    ]);
  });
});

describe('an invoice that another program makes valid again', () => {
  const unvoid = (id: number) =>
    db.refused(`update campaign_invoices set status = 'open', outstanding_amount = amount where id = $1`, [id]);

  it('charges again what it charged, less what was judged since', async () => {
    const id = await world.seen(4);
    const invoice = await world.close(id);
    await world.move(invoice.id, 'void');
    await world.judge(id, 1);
    expect(await unvoid(invoice.id)).toBe('accepted');
    expect([await world.charged(id), await world.balances(id)]).toEqual([
      3,
      { charged: 1, used: 0.75, outstanding: 0.75, remaining: 99.25 },
    ]);
  });

  it('is refused once somebody else has billed it', async () => {
    const id = await world.seen(2);
    const invoice = await world.close(id);
    await world.move(invoice.id, 'void');
    await world.close(id);
    expect(await unvoid(invoice.id)).toBe('23514 a_void_invoice_stays_void');
  });
});

it('a credit note neither goes nor is void without its invoice', async () => {
  const id = await world.seen(2);
  await world.close(id);
  await world.judge(id, 1);
  const where = `where campaign_id = ${id} and invoice_type = 'credit_note'`;
  const rule = '23514 a_credit_note_goes_with_its_invoice';
  expect(await db.refused(`delete from campaign_invoices ${where}`)).toBe(rule);
  expect(await db.refused(`update campaign_invoices set status = 'void' ${where}`)).toBe(rule);
});

/** What nobody may do while the triggers are on. */
async function past(triggers: string, ...values: unknown[]): Promise<void> {
  await db.run(`set session_replication_role = 'replica'`);
  await db.run(triggers, values);
  await db.run(`set session_replication_role = 'origin'`);
}
const audited = async (id: number) =>
  (await db.run('select distinct projection from audit_billing($1) order by 1', [id])).map((row) => row.projection);

it('the audit tells of charges that stand on a void invoice, and a rebuild frees them', async () => {
  const id = await world.seen(3);
  const invoice = await world.close(id);
  await past(`update campaign_invoices set status = 'void' where id = $1`, invoice.id);
  expect(await audited(id)).toEqual(['campaign_profile', 'invoice_impression']);
  await db.run('select rebuild_campaign($1)', [id]);
  expect([await audited(id), await world.charged(id)]).toEqual([[], 0]);
});

it('the audit tells of an impression that is charged on no invoice', async () => {
  const id = await world.seen(3);
  await db.run('update campaign_impressions set charged = true, charged_at = now() where campaign_id = $1', [id]);
  expect(await audited(id)).toEqual(['campaign_impressions']);
  await db.run('update campaign_impressions set charged = false, charged_at = null where campaign_id = $1', [id]);
});
