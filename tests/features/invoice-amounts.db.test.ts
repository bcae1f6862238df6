import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, admin, advertiser, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { watch } from '../support/watcher.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let owner: Api;
let root: Api;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
  root = await admin(app.url);
});

const draft = async (times = 8) => {
  const id = await liveCampaign(app.url, { campaignBudget: 100, cpiRate: 0.25 });
  await app.pool.query(
    `insert into campaign_impressions (campaign_id, session_id) select $1, 's' || n from generate_series(1, $2) n`,
    [id, times],
  );
  const { body } = await owner('POST', `/campaigns/${id}/billing/cycles`, {});
  return { id, invoice: body.id as number };
};
const amend = (invoice: number, body: object) => root('PATCH', `/invoices/${invoice}`, body);
const move = (invoice: number, to: string) => root('POST', `/invoices/${invoice}/transitions`, { to });

describe('a draft', () => {
  it('takes a discount and a tax, which the balance and the owner hear of', async () => {
    const { id, invoice } = await draft();
    const watcher = await watch(app.url, { token: await token(9, { roles: ['advertiser'], advertiser_id: 5 }) });
    await watcher.subscribe({ stream: `advertiser:${id}` });
    const { status, body } = await amend(invoice, { discountAmount: 0.5, taxAmount: 0.32 });
    expect([status, body]).toMatchObject([200, { discountAmount: 0.5, taxAmount: 0.32, outstandingAmount: 1.82 }]);
    expect((await watcher.until('invoice:updated', ({ discountAmount }) => discountAmount === 0.5)).data).toEqual(body);
    expect((await owner('GET', `/campaigns/${id}`)).body.outstandingBalance).toBe(1.82);
    expect((await move(invoice, 'open')).body).toMatchObject({ status: 'open', outstandingAmount: 1.82 });
  });

  it('takes no discount above its amount, and no refund', async () => {
    const { invoice } = await draft();
    expect(refusalOf(await amend(invoice, { discountAmount: 2.01 }))).toBe('409 amount_out_of_range');
    expect(refusalOf(await amend(invoice, { refundAmount: 1 }))).toBe('409 illegal_invoice_change');
  });
});

describe('a paid invoice', () => {
  it('is refunded up to its amount, and what is used falls', async () => {
    const { id, invoice } = await draft();
    await move(invoice, 'paid');
    expect((await amend(invoice, { refundAmount: 0.75 })).body).toMatchObject({ status: 'paid', refundAmount: 0.75 });
    expect((await owner('GET', `/campaigns/${id}`)).body).toMatchObject({ totalCharged: 2, amountUsed: 1.25 });
    expect(refusalOf(await amend(invoice, { refundAmount: 2.01 }))).toBe('409 amount_out_of_range');
    expect(refusalOf(await amend(invoice, { taxAmount: 1 }))).toBe('409 illegal_invoice_change');
  });

  it('keeps refunded what its credit notes took back', async () => {
    const { id, invoice } = await draft();
    await move(invoice, 'paid');
    await app.pool.query(
      `insert into impression_verdict (impression_id, class, rule, rule_version)
       select min(id), 'crawler', 'test', 1 from campaign_impressions where campaign_id = $1`,
      [id],
    );
    expect(refusalOf(await amend(invoice, { refundAmount: 0 }))).toBe('409 amount_out_of_range');
    expect((await amend(invoice, { refundAmount: 1 })).body.refundAmount).toBe(1);
  });
});

it('amounts are an admin’s, have two decimals and are of a known invoice', async () => {
  const { invoice } = await draft();
  expect(refusalOf(await owner('PATCH', `/invoices/${invoice}`, { taxAmount: 1 }))).toBe('403 forbidden');
  for (const body of [{}, { taxAmount: 0.001 }, { taxAmount: -1 }, { taxAmount: '1' }, { amount: 1 }]) {
    expect([body, refusalOf(await amend(invoice, body))]).toEqual([body, '400 invalid_body']);
  }
  expect(refusalOf(await amend(999_999, { taxAmount: 1 }))).toBe('404 unknown_invoice');
});

it('a void invoice still opens what it charged', async () => {
  const { id, invoice } = await draft(3);
  await move(invoice, 'void');
  const { body } = await owner('GET', `/campaigns/${id}/invoices/${invoice}/impressions?limit=2`);
  const rest = await owner('GET', `/campaigns/${id}/invoices/${invoice}/impressions?limit=2&cursor=${body.nextCursor}`);
  expect([body.items.length, rest.body.items.length, body.items[0].chargedAt]).toEqual([2, 1, null]);
});
