import { beforeAll, expect, it } from 'vitest';
import { type Api, admin, advertiser, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { seenBy } from './impression-events.ts';

let app: TestApp;
let owner: Api;
let root: Api;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
  root = await admin(app.url);
});

const low = { campaignBudget: 10, cpiRate: 1, autoPauseOnLowBalance: true, minimumBalanceThreshold: 5 };
const see = (id: number, times: number) => seenBy(app, id, times);
const judgeAll = (id: number, but: number) =>
  app.pool.query(
    `insert into impression_verdict (impression_id, class, rule, rule_version)
     select id, 'crawler', 'test', 1 from campaign_impressions where campaign_id = $1 order by id offset $2`,
    [id, but],
  );
const becomes = (id: number, status: string) =>
  eventually(async () => expect((await owner('GET', `/campaigns/${id}`)).body.status).toBe(status), { within: 5_000 });
const bill = async (id: number, to: string) => {
  const { body } = await owner('POST', `/campaigns/${id}/billing/cycles`, {});
  return (await root('POST', `/invoices/${body.id}/transitions`, { to })).body;
};

it('a payment within the grace period excuses the campaign, until its balance sinks further', async () => {
  const id = await liveCampaign(app.url, { ...low, gracePeriodHours: 2 });
  await see(id, 6);
  await bill(id, 'paid');
  const pass = () =>
    app.pool.query(`update low_balance set since = since - interval '3 hours' where campaign_id = $1`, [id]);
  await pass();
  const { rows } = await app.pool.query('select settle_low_balance($1) as done', [id]);
  expect([rows[0].done, (await owner('GET', `/campaigns/${id}`)).body.status]).toEqual([null, 'live']);
  await see(id, 1);
  await becomes(id, 'paused');
});

it('an open invoice that is credited whole is paid, and holds no campaign back', async () => {
  const id = await liveCampaign(app.url, { ...low, gracePeriodHours: 0 });
  await see(id, 1);
  await bill(id, 'open');
  await judgeAll(id, 0);
  const { body } = await owner('GET', `/campaigns/${id}/invoices`);
  expect(body.items[1]).toMatchObject({
    status: 'paid',
    outstandingAmount: 0,
    refundAmount: 1,
    paymentMethod: 'credit',
  });
  await see(id, 6);
  await becomes(id, 'paused');
  await bill(id, 'paid');
  expect((await owner('GET', `/campaigns/${id}`)).body.status).toBe('live');
});

it('a draft that was credited whole is paid when it is opened', async () => {
  const id = await liveCampaign(app.url, low);
  await see(id, 2);
  const { body } = await owner('POST', `/campaigns/${id}/billing/cycles`, {});
  await judgeAll(id, 0);
  expect((await root('POST', `/invoices/${body.id}/transitions`, { to: 'open' })).body).toMatchObject({
    ...{ status: 'paid', outstandingAmount: 0 },
  });
});

it('one campaign with hundreds of cycles to be billed holds up neither a pause nor another campaign', async () => {
  const many = await liveCampaign(app.url, { campaignBudget: 1_000, cpiRate: 0.01, billingFrequency: 1 });
  const few = await liveCampaign(app.url, { campaignBudget: 1_000, cpiRate: 0.01, billingFrequency: 2 });
  const poor = await liveCampaign(app.url, { ...low, gracePeriodHours: 0 });
  const cyclesLeft = async () => {
    const { rows } = await app.pool.query('select count(*) as n from campaign_invoices where campaign_id = $1', [many]);
    return 600 - rows[0].n;
  };
  await see(many, 600);
  await Promise.all([see(few, 2), see(poor, 6)]);
  const invoiced = async () => expect((await owner('GET', `/campaigns/${few}/invoices`)).body.items).toHaveLength(1);
  await Promise.all([becomes(poor, 'paused'), eventually(invoiced, { within: 5_000 })]);
  expect(await cyclesLeft()).toBeGreaterThan(0);
});
