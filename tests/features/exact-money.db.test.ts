import { beforeAll, expect, it } from 'vitest';
import { admin, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';

let app: TestApp;
let id: number;
const spend = '12345678901234.123456'; // twenty digits, where a double holds fifteen
beforeAll(async () => {
  app = await startApp();
  id = await liveCampaign(app.url, { cpiRate: 0.25, campaignBudget: 100 });
  await app.pool.query(`insert into campaign_impressions (campaign_id, session_id) values ($1, 's1')`, [id]);
  for (const table of ['campaign_counters', 'impression_hourly', 'impression_quarter_hourly']) {
    await app.pool.query(`update ${table} set spend = ${spend} where campaign_id = $1`, [id]);
  }
});

/** The text of the answer: a parser would make a double of it. */
async function textOf(path: string): Promise<string> {
  const bearer = await token(1, { roles: ['admin'] });
  const response = await fetch(`${app.url}/api/v1${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  expect(response.status).toBe(200);
  return response.text();
}
const spends = (text: string) => [...text.matchAll(/"spend":([^,}]+)/g)].map(([, number]) => number);

it('metrics give what was spent to the last digit', async () => {
  expect(spends(await textOf(`/campaigns/${id}/metrics`))).toEqual([spend]);
});

it('statistics give what was spent to the last digit, in totals, series and breakdown', async () => {
  const day = 24 * 3_600_000;
  const [from, to] = [-1, 1].map((days) => new Date(Math.floor(Date.now() / day + days) * day).toISOString());
  const query = `metrics=spend&dimensions=placement&interval=day&from=${from}&to=${to}`;
  const found = spends(await textOf(`/campaigns/${id}/stats?${query}`)).filter((number) => number !== '0');
  expect(new Set(found)).toEqual(new Set([spend]));
  expect(found).toHaveLength(3);
});

it('an invoice of the largest amount has all its cents', async () => {
  const { rows } = await app.pool.query(
    `insert into campaign_invoices (campaign_id, invoice_type, status, amount, outstanding_amount)
     values ($1, 'cycle', 'draft', 999999999999.99, 999999999999.99) returning id`,
    [id],
  );
  expect(await textOf(`/campaigns/${id}/invoices`)).toContain('"amount":999999999999.99');
  const root = await admin(app.url);
  const { body } = await root('PATCH', `/invoices/${rows[0].id}`, { discountAmount: 0.01 });
  expect(body.outstandingAmount).toBe(999999999999.98);
});
