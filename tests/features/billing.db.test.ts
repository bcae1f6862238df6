import { beforeAll, expect, it } from 'vitest';
import { invoiceSchema } from '../../server/contract/invoice.ts';
import { type Api, admin, advertiser, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { seenBy } from './impression-events.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let owner: Api;
let root: Api;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
  root = await admin(app.url);
});

const see = (id: number, times: number) => seenBy(app, id, times);
async function seen(times: number, fields: object = {}): Promise<number> {
  const id = await liveCampaign(app.url, { campaignBudget: 100, cpiRate: 0.25, ...fields });
  await see(id, times);
  return id;
}
const close = async (id: number) => (await owner('POST', `/campaigns/${id}/billing/cycles`, {})).body;

it('closing bills all that is valid and uncharged, and then there is nothing to bill', async () => {
  const id = await seen(3);
  const { status, body } = await owner('POST', `/campaigns/${id}/billing/cycles`, {});
  expect(status).toBe(201);
  expect(invoiceSchema.strict().parse(body)).toMatchObject({
    ...{ campaignId: id, advertiserId: 5, invoiceType: 'cycle', status: 'draft', billingCycleNumber: 1 },
    ...{ impressionsDelivered: 3, cpiRate: 0.25, amount: 0.75, outstandingAmount: 0.75 },
  });
  expect(refusalOf(await owner('POST', `/campaigns/${id}/billing/cycles`, {}))).toBe('409 nothing_to_bill');
  const { body: list } = await owner('GET', `/campaigns/${id}/invoices`);
  expect(list).toEqual({ items: [body], nextCursor: null });
});

it('of ten that close at once one bills, and each impression once', async () => {
  const id = await seen(50);
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => owner('POST', `/campaigns/${id}/billing/cycles`, {})),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
  const { rows } = await app.pool.query(
    'select count(*)::int as links from invoice_impression where campaign_id = $1',
    [id],
  );
  expect(rows[0].links).toBe(50);
});

it('a closing, or making it void, that takes too long is 503 with Retry-After, and nothing of it is done', async () => {
  const id = await seen(3);
  await app.pool.query(
    `create function ended_for_its_length() returns trigger language plpgsql as
       $$ begin raise exception 'canceling statement due to statement timeout' using errcode = 'query_canceled'; end $$;
     create trigger ended_for_its_length before insert or update on campaign_invoices for each row
       when (new.campaign_id = ${id}) execute function ended_for_its_length()`,
  );
  const tooLong = async (reply: ReturnType<Api>) => {
    expect(refusalOf(await reply)).toBe('503 closing_too_long');
    expect((await reply).headers.get('retry-after')).toBe('60');
  };
  await tooLong(owner('POST', `/campaigns/${id}/billing/cycles`, {}));
  expect((await owner('GET', `/campaigns/${id}/invoices`)).body.items).toEqual([]);
  await app.pool.query('alter table campaign_invoices disable trigger ended_for_its_length');
  const invoice = await close(id);
  await app.pool.query('alter table campaign_invoices enable trigger ended_for_its_length');
  await tooLong(root('POST', `/invoices/${invoice.id}/transitions`, { to: 'void' }));
  await app.pool.query('drop function ended_for_its_length cascade');
  expect((await owner('GET', `/campaigns/${id}/invoices`)).body.items).toEqual([invoice]);
});

it('the same Idempotency-Key again is the same invoice', async () => {
  const id = await seen(2);
  const send = () => owner('POST', `/campaigns/${id}/billing/cycles`, {}, { 'idempotency-key': `close-${id}` });
  const [first, second] = [await send(), await send()];
  expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
});

it('an invoice opens its impressions, page by page, and says which were credited', async () => {
  const id = await seen(5);
  const { id: invoice } = await close(id);
  await app.pool.query(
    `insert into impression_verdict (impression_id, class, rule, rule_version)
     select max(id), 'crawler', 'test', 1 from campaign_impressions where campaign_id = $1`,
    [id],
  );
  const items = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await owner(
      'GET',
      `/campaigns/${id}/invoices/${invoice}/impressions?limit=2${cursor && `&cursor=${cursor}`}`,
    );
    items.push(...body.items);
    cursor = body.nextCursor;
  }
  const { rows } = await app.pool.query('select id from campaign_impressions where campaign_id = $1 order by id', [id]);
  expect(items.map(({ impressionId }) => impressionId)).toEqual(rows.map((row) => row.id));
  expect(items.map(({ creditedBy }) => creditedBy === null)).toEqual([true, true, true, true, false]);
  const { body: note } = await owner('GET', `/campaigns/${id}/invoices/${items[4].creditedBy}/impressions`);
  expect(note.items.map(({ impressionId }: { impressionId: number }) => impressionId)).toEqual([rows[4].id]);
});

it('an invoice still names an impression that another program deleted, with the note that credits it', async () => {
  const id = await seen(1);
  const { id: invoice } = await close(id);
  const { rows } = await app.pool.query('delete from campaign_impressions where campaign_id = $1 returning id', [id]);
  const { body } = await owner('GET', `/campaigns/${id}/invoices/${invoice}/impressions`);
  expect(body.items).toMatchObject([{ impressionId: rows[0].id, seenAt: null, creditedBy: expect.any(Number) }]);
});

it('payment status, summary and balances follow an invoice from draft to paid', async () => {
  const id = await seen(4);
  const { id: invoice } = await close(id);
  const status = async () => (await owner('GET', `/campaigns/${id}/payment-status`)).body.status;
  const go = (to: string, fields: object = {}) => root('POST', `/invoices/${invoice}/transitions`, { to, ...fields });
  const found = [await status()];
  expect((await go('open')).body).toMatchObject({ status: 'open', outstandingAmount: 1 });
  found.push(await status());
  const paid = await go('paid', { paymentMethod: 'card', paymentTransactionId: 'tx-1' });
  expect(paid.body).toMatchObject({
    status: 'paid',
    paymentMethod: 'card',
    paymentTransactionId: 'tx-1',
    outstandingAmount: 0,
  });
  found.push(await status());
  expect(found).toEqual(['no_invoices', 'partially_paid', 'fully_paid']);
  expect(refusalOf(await go('void'))).toBe('409 illegal_invoice_transition');
  const { rows } = await app.pool.query(
    `select total_paid::float8 as paid, total_impressions_billed::int as billed, outstanding_balance::float8 as outstanding
     from campaign_with_payment_summary where id = $1`,
    [id],
  );
  expect(rows).toEqual([{ paid: 1, billed: 4, outstanding: 0 }]);
});

it('invoices are the owner’s and the admins’, and admins alone move them', async () => {
  const id = await seen(1);
  const { id: invoice } = await close(id);
  const people = {
    nobody: apiAs(app.url, null),
    user: await user(app.url, 7),
    moderator: apiAs(app.url, await token(8, { roles: ['moderator'] })),
    another: await advertiser(app.url, 6),
    owner,
  };
  const found: Record<string, string> = {};
  for (const [who, as] of Object.entries(people)) {
    const list = await as('GET', `/campaigns/${id}/invoices`);
    const moved = await as('POST', `/invoices/${invoice}/transitions`, { to: 'paid' });
    found[who] = `${list.status === 200 ? 200 : refusalOf(list)} ${refusalOf(moved)}`;
  }
  expect(found).toEqual({
    nobody: '401 unauthenticated 401 unauthenticated',
    user: '403 forbidden 403 forbidden',
    moderator: '403 forbidden 403 forbidden',
    another: '403 forbidden 403 forbidden',
    owner: '200 403 forbidden',
  });
  expect(refusalOf(await root('POST', '/invoices/999999/transitions', { to: 'paid' }))).toBe('404 unknown_invoice');
  expect(refusalOf(await owner('GET', `/campaigns/${id}/invoices/999999/impressions`))).toBe('404 unknown_invoice');
  expect(refusalOf(await root('POST', `/invoices/${invoice}/transitions`, { to: 'draft' }))).toBe('400 invalid_body');
});

it('a deposit is asked for when the campaign is verified, and once', async () => {
  const { body: draft } = await owner('POST', '/campaigns', {
    name: 'D',
    campaignBudget: 200,
    depositPercent: 25,
    cpiRate: 1,
  });
  const at = async () => (await owner('GET', `/campaigns/${draft.id}/payment-status`)).body.status;
  await owner('POST', `/campaigns/${draft.id}/transitions`, { to: 'submitted' });
  expect(await at()).toBe('no_invoices');
  await root('POST', `/campaigns/${draft.id}/transitions`, { to: 'verified' });
  expect(await at()).toBe('deposit_pending');
  const { body } = await owner('GET', `/campaigns/${draft.id}/invoices`);
  expect(body.items).toMatchObject([{ invoiceType: 'deposit', status: 'open', amount: 50, outstandingAmount: 50 }]);
  await root('POST', `/invoices/${body.items[0].id}/transitions`, { to: 'paid' });
  expect(await at()).toBe('fully_paid');
});
