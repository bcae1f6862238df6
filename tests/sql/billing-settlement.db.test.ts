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

const noted = async (id: number) => (await db.run('select from billing_due where campaign_id = $1', [id])).length === 1;
const bill = async (id: number) => (await db.run('select bill_due($1) as done', [id]))[0]?.done;
const end = (id: number) => db.run('update campaign_profile set ended_at = now() where id = $1', [id]);
/** A campaign with a paid deposit of 10, seen this many times at 0.25, over and settled. */
async function settled(times: number): Promise<number> {
  const id = await world.seen(times);
  await db.run('update campaign_profile set deposit_percent = 10 where id = $1', [id]);
  await db.run('select bill_deposit($1)', [id]);
  const [deposit] = await world.invoices(id, 'deposit');
  await world.move(deposit?.id, 'paid');
  await end(id);
  expect(await bill(id)).toBe('settled');
  return id;
}

it('a settlement that becomes void is noted and made again', async () => {
  const id = await world.seen(4);
  await end(id);
  await bill(id);
  const [first] = await world.invoices(id, 'final_settlement');
  await world.move(first?.id, 'void');
  expect([await noted(id), await bill(id)]).toEqual([true, 'settled']);
  expect(await world.invoices(id, 'final_settlement')).toMatchObject([{ status: 'void' }, { amount: 1, delivered: 4 }]);
  expect(await noted(id)).toBe(false);
});

it.each([
  ['becomes void', (id: number) => db.run(`update campaign_invoices set status = 'void' where id = $1`, [id])],
  ['is deleted', (id: number) => db.run('delete from campaign_invoices where id = $1', [id])],
])('what a settlement gave back of the deposit is there again when it %s', async (_, undo) => {
  const id = await settled(8);
  expect(await world.invoices(id, 'deposit')).toMatchObject([{ refund: 8 }]);
  const [settlement] = await world.invoices(id, 'final_settlement');
  await undo(settlement?.id);
  expect(await world.invoices(id, 'deposit')).toMatchObject([{ refund: 0 }]);
  await world.judge(id, 4);
  expect(await bill(id)).toBe('settled');
  expect(await world.invoices(id, 'deposit')).toMatchObject([{ refund: 9 }]);
});

it('an impression that becomes valid after the settlement is billed beside it', async () => {
  const id = await world.seen(4);
  await world.judge(id, 1);
  await end(id);
  await bill(id);
  await db.run('delete from impression_verdict');
  expect([await noted(id), await bill(id)]).toEqual([true, 'billed']);
  expect(await world.invoices(id, 'cycle')).toMatchObject([{ delivered: 1, amount: 0.25 }]);
  expect([await bill(id), await noted(id)]).toEqual([null, false]);
});

it('a cycle that becomes void is due again', async () => {
  const id = await world.seen(4, { billing_frequency: 4 });
  await bill(id);
  const [cycle] = await world.invoices(id, 'cycle');
  expect(await noted(id)).toBe(false);
  await world.move(cycle?.id, 'void');
  expect([await noted(id), await bill(id)]).toEqual([true, 'billed']);
});

it('one turn bills twenty small cycles, and notes the campaign for the next', async () => {
  const id = await world.seen(43, { billing_frequency: 2 });
  const turns = [];
  for (let done = await bill(id); done !== null; done = await bill(id)) {
    turns.push([(await world.invoices(id, 'cycle')).length, await noted(id)]);
  }
  expect(turns).toEqual([
    [20, true],
    [21, false],
  ]);
  expect(await world.balances(id)).toMatchObject({ charged: 10.5, used: 10.5, outstanding: 10.5 });
});

it('what is more than one closing may charge is closed in several cycles before the settlement', async () => {
  const id = await world.seen(11);
  await end(id);
  const turns = [];
  for (let n = 0; n < 4; n++) turns.push((await db.run('select bill_due($1, 4) as done', [id]))[0]?.done);
  expect(turns).toEqual(['billed', 'billed', 'settled', null]);
  expect((await world.invoices(id, 'cycle')).map(({ delivered }) => delivered)).toEqual([4, 4]);
  expect(await world.invoices(id, 'final_settlement')).toMatchObject([{ delivered: 3, amount: 0.75 }]);
});
