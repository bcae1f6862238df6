import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, admin, advertiser, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { watch } from '../support/watcher.ts';
import { seenBy } from './impression-events.ts';

let app: TestApp;
let owner: Api;
let root: Api;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
  root = await admin(app.url);
});

const see = (id: number, times: number) => seenBy(app, id, times);
const invoices = async (id: number) => (await owner('GET', `/campaigns/${id}/invoices`)).body.items.reverse();
const within = { within: 5_000 };
const becomes = (id: number, status: string) =>
  eventually(async () => expect((await owner('GET', `/campaigns/${id}`)).body.status).toBe(status), within);
const low = {
  campaignBudget: 10,
  cpiRate: 1,
  autoPauseOnLowBalance: true,
  minimumBalanceThreshold: 5,
  gracePeriodHours: 0,
};

it('whole cycles are billed by themselves, and what is left over waits', async () => {
  const id = await liveCampaign(app.url, { billingFrequency: 4, cpiRate: 0.5, campaignBudget: 100 });
  await see(id, 11);
  const shape = [
    { billingCycleNumber: 1, impressionsDelivered: 4, amount: 2, invoiceType: 'cycle' },
    { billingCycleNumber: 2, impressionsDelivered: 4, amount: 2, invoiceType: 'cycle' },
  ];
  await eventually(async () => expect(await invoices(id)).toMatchObject(shape), within);
  await see(id, 1);
  await eventually(async () => expect(await invoices(id)).toHaveLength(3), within);
});

describe('a campaign that is over', () => {
  it('is settled: what was not billed, less the deposit that was paid', async () => {
    const id = await liveCampaign(app.url, { depositPercent: 10, campaignBudget: 100, cpiRate: 1 });
    const [deposit] = await invoices(id);
    await root('POST', `/invoices/${deposit.id}/transitions`, { to: 'paid' });
    await see(id, 14);
    await owner('POST', `/campaigns/${id}/transitions`, { to: 'ended' });
    const settled = {
      invoiceType: 'final_settlement',
      amount: 14,
      depositAmount: 10,
      outstandingAmount: 4,
      status: 'draft',
    };
    await eventually(async () => expect((await invoices(id))[1]).toMatchObject(settled), within);
    expect((await owner('GET', `/campaigns/${id}`)).body).toMatchObject({
      finalSettlementAmount: 4,
      outstandingBalance: 4,
    });
  });

  it('gets back what its deposit was too much', async () => {
    const id = await liveCampaign(app.url, { depositPercent: 10, campaignBudget: 100, cpiRate: 1 });
    const [deposit] = await invoices(id);
    await root('POST', `/invoices/${deposit.id}/transitions`, { to: 'paid' });
    await see(id, 3);
    await owner('POST', `/campaigns/${id}/transitions`, { to: 'ended' });
    const shape = [
      { invoiceType: 'deposit', refundAmount: 7 },
      { invoiceType: 'final_settlement', amount: 3, outstandingAmount: 0, status: 'paid', paymentMethod: 'deposit' },
    ];
    await eventually(async () => expect(await invoices(id)).toMatchObject(shape), within);
  });

  it('pays the fee for cancelling it, of the budget it did not use', async () => {
    const id = await liveCampaign(app.url, { cancellationFeePercent: 10, campaignBudget: 100, cpiRate: 1 });
    await see(id, 20);
    await owner('POST', `/campaigns/${id}/transitions`, { to: 'cancelled' });
    const settled = [{ invoiceType: 'final_settlement', impressionsDelivered: 20, amount: 28 }];
    await eventually(async () => expect(await invoices(id)).toMatchObject(settled), within);
    expect((await owner('GET', `/campaigns/${id}`)).body.cancellationFeeAmount).toBe(8);
  });

  it('that owes nothing gets no invoice', async () => {
    const id = await liveCampaign(app.url, { campaignBudget: 100, cpiRate: 1 });
    await owner('POST', `/campaigns/${id}/transitions`, { to: 'ended' });
    await eventually(
      async () =>
        expect((await app.pool.query('select from billing_due where campaign_id = $1', [id])).rowCount).toBe(0),
      within,
    );
    expect(await invoices(id)).toEqual([]);
  });
});

describe('a balance below its threshold', () => {
  it('pauses the campaign, which is announced, and a larger budget lets it go on', async () => {
    const id = await liveCampaign(app.url, low);
    const watcher = await watch(app.url, {});
    await watcher.subscribe({ stream: `campaign:${id}` });
    await see(id, 5);
    await see(id, 1);
    await watcher.until('campaign:updated', ({ status }) => status === 'paused');
    expect((await owner('GET', `/campaigns/${id}`)).body.pauseReason).toBe('low balance');
    await app.pool.query('update campaign_profile set campaign_budget = 20 where id = $1', [id]);
    await watcher.until('campaign:updated', ({ status }) => status === 'live');
  });

  it('waits for its grace period', async () => {
    const id = await liveCampaign(app.url, { ...low, gracePeriodHours: 2 });
    await see(id, 6);
    const { rows } = await app.pool.query('select settle_low_balance($1) as done', [id]);
    expect(rows[0].done).toBeNull();
    await app.pool.query(`update low_balance set since = since - interval '2 hours' where campaign_id = $1`, [id]);
    await becomes(id, 'paused');
  });

  it('that a payment answers lets the campaign go on until it sinks further', async () => {
    const id = await liveCampaign(app.url, low);
    await see(id, 6);
    await becomes(id, 'paused');
    const { body: invoice } = await owner('POST', `/campaigns/${id}/billing/cycles`, {});
    await root('POST', `/invoices/${invoice.id}/transitions`, { to: 'paid' });
    expect((await owner('GET', `/campaigns/${id}`)).body.status).toBe('live');
    const { rows } = await app.pool.query('select settle_low_balance($1) as done', [id]);
    expect(rows[0].done).toBeNull();
    await see(id, 1);
    await becomes(id, 'paused');
  });

  it('is left alone where nobody asked for a pause', async () => {
    const id = await liveCampaign(app.url, { ...low, autoPauseOnLowBalance: false });
    await see(id, 6);
    expect((await app.pool.query('select from low_balance where campaign_id = $1', [id])).rowCount).toBe(0);
  });

  it('does not let a campaign go on that its owner paused', async () => {
    const id = await liveCampaign(app.url, low);
    await owner('POST', `/campaigns/${id}/transitions`, { to: 'paused', reason: 'mine' });
    const { body: invoice } = await (async () => {
      await see(id, 6);
      return owner('POST', `/campaigns/${id}/billing/cycles`, {});
    })();
    await root('POST', `/invoices/${invoice.id}/transitions`, { to: 'paid' });
    expect((await owner('GET', `/campaigns/${id}`)).body).toMatchObject({ status: 'paused', pauseReason: 'mine' });
  });
});

it('an invoice is told to the owner at each step, whole, whoever moves it', async () => {
  const id = await liveCampaign(app.url, { cpiRate: 1, campaignBudget: 10 });
  const watcher = await watch(app.url, { token: await token(9, { roles: ['advertiser'], advertiser_id: 5 }) });
  await watcher.subscribe({ stream: `advertiser:${id}` });
  await see(id, 2);
  const { body: invoice } = await owner('POST', `/campaigns/${id}/billing/cycles`, {});
  expect((await watcher.until('invoice:updated', ({ status }) => status === 'draft')).data).toEqual(invoice);
  await app.pool.query(`update campaign_invoices set status = 'paid', outstanding_amount = 0 where id = $1`, [
    invoice.id,
  ]);
  await watcher.until('invoice:updated', ({ status }) => status === 'paid');
});
