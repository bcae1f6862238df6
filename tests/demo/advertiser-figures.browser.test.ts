/** What is on the advertiser's screen, beside what the tables say of it. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { figure, panel, total } from './advertiser-page.ts';
import { launchBrowser, launchWithin, live, openPage, type Person } from './browser.ts';
import { startDemo } from './demo-app.ts';

let app: TestApp;
let owner: Person;
let page: Page;
let own: number;

beforeAll(async () => {
  app = await startDemo();
  own = await campaign('Lunar eclipse');
  owner = await openPage(await launchBrowser(), `${app.url}/advertiser/${own}`);
  page = owner.page;
}, launchWithin);

async function one<T>(text: string, values: unknown[] = []): Promise<T> {
  return (await app.pool.query(text, values)).rows[0] as T;
}
const campaign = async (name: string) =>
  (
    await one<{ id: number }>(
      `insert into campaign_profile (name, advertiser_id, verification_status, is_verified, launched_at, submitted_date,
         campaign_budget, cpi_rate, minimum_balance_threshold, auto_pause_on_low_balance, grace_period_hours)
       values ($1, 1, 'verified', true, now(), now(), 10, 1, 5, true, 24) returning id`,
      [name],
    )
  ).id;
const see = (times: number, at = new Date().toISOString()) =>
  app.pool.query(
    `insert into campaign_impressions (campaign_id, session_id, created_at)
     select $1, $3::text || n, $3::timestamptz from generate_series(1, $2::integer) n`,
    [own, times, at],
  );
const set = (columns: string) => app.pool.query(`update campaign_profile set ${columns} where id = $1`, [own]);
const show = async (campaignId: number, search: string) => {
  await page.goto(`${app.url}/advertiser/${campaignId}?${search}`);
  await live(page);
};
/** The series' table, oldest first: when, and the first figure. */
async function series(): Promise<[string, number][]> {
  const rows = page.locator('.series tbody tr');
  if ((await rows.count()) === 0) await page.getByText('Show as a table').click();
  await rows.first().waitFor();
  const cells = await rows.evaluateAll((lines) =>
    lines.map((line) => [...line.children].slice(0, 2).map(({ textContent }) => textContent ?? '')),
  );
  return cells.map(([when = '', count = '']): [string, number] => [when, figure(count)]).reverse();
}

describe('the balance', () => {
  const money = () => panel(page, 'Plan and budget');

  it('is low from the impression on that brings it below the threshold, until the budget is raised', async () => {
    await see(5);
    await money().getByText('€5.00', { exact: true }).waitFor();
    expect(await money().getByText('The balance is low').count()).toBe(0);
    await see(1, new Date(Date.now() - 1_000).toISOString());
    await money().getByText('€4.00', { exact: true }).waitFor();
    expect(await money().getByRole('status').textContent()).toBe(
      'The balance is low. It is below the threshold of €5.00. The campaign is paused when its grace period ends.',
    );
    await set('campaign_budget = 20');
    await money().getByText('€14.00', { exact: true }).waitFor();
    expect(await money().getByText('The balance is low').count()).toBe(0);
  });
});

describe('rates', () => {
  it('of few impressions say of how few, and of none nothing', async () => {
    const tile = page.locator('.counter', { hasText: 'click-through' });
    expect(await tile.locator('.counter-rate').textContent()).toBe('0.00% click-throughof only 6');
    expect(await page.locator('.counters [data-metric="conversionRate"]').textContent()).toBe('–');
  });
});

describe('money', () => {
  it('has every digit, also where a double has not', async () => {
    const { spend } = await one<{ spend: string }>('select 6 + 10001 * 999999.999999 as spend');
    expect(String(Number(spend))).not.toBe(spend);
    await set('cpi_rate = 999999.999999');
    await see(10_001, new Date(Date.now() - 2_000).toISOString());
    await page.getByText('Spent €10,001,000,005.989999', { exact: true }).waitFor();
  });
});

describe('a range of dates', () => {
  it('is chosen by its two days, and stands in the address', async () => {
    await page.getByRole('radio', { name: 'Dates' }).check();
    await page.getByLabel('From', { exact: true }).fill('2025-10-25');
    await page.getByLabel('To', { exact: true }).fill('2025-10-26');
    expect(new URL(page.url()).search).toContain('range=custom&from=2025-10-25&to=2025-10-26');
    await page.getByText('Impressions, Oct 25, 2025 – Oct 26, 2025').waitFor();
  });

  it('has a day of 25 hours in a zone that winds its clocks back, with one hour twice', async () => {
    await see(2, '2025-10-26T00:30:00Z');
    await see(3, '2025-10-26T01:30:00Z');
    await show(own, 'range=custom&from=2025-10-26&to=2025-10-26');
    await page.getByLabel('Time zone').selectOption('Europe/Berlin');
    await page.getByText('Impressions, Oct 26, 2025').waitFor();
    await eventually(async () => expect(await series()).toHaveLength(25), { within: 5_000 });
    expect((await series()).filter(([, count]) => count > 0)).toEqual([
      ['Sun, Oct 26, 02:00', 2],
      ['Sun, Oct 26, 02:00', 3],
    ]);
  });

  it('has a day of 23 hours where the clocks go forward', async () => {
    await see(4, '2025-03-30T01:30:00Z');
    await show(own, 'range=custom&from=2025-03-30&to=2025-03-30&timezone=Europe%2FBerlin');
    expect(await series()).toHaveLength(23);
    expect((await series()).filter(([, count]) => count > 0)).toEqual([['Sun, Mar 30, 03:00', 4]]);
  });

  it('is compared with as many days before', async () => {
    await see(6, '2025-06-12T10:00:00Z');
    await see(4, '2025-06-10T10:00:00Z');
    await show(own, 'range=custom&from=2025-06-12&to=2025-06-13&timezone=UTC&compare=yes');
    expect(figure(await total(page, 'impressions').textContent())).toBe(6);
    await page.getByText('+50% against the period before').waitFor();
    await show(own, 'range=custom&from=2025-06-08&to=2025-06-09&timezone=UTC&compare=yes');
    await page.getByText('nothing to compare with in the period before').waitFor();
  });
});

describe('lists', () => {
  it('go on beyond their first page', async () => {
    await app.pool.query(
      `insert into campaign_invoices (campaign_id, advertiser_id, amount)
       select $1, 1, n from generate_series(1, 103) n`,
      [own],
    );
    await show(own, '');
    const rows = page.locator('tr[data-invoice]');
    await rows.nth(99).waitFor();
    expect(await rows.count()).toBe(100);
    await panel(page, 'Invoices').getByRole('button', { name: 'Show more' }).click();
    await rows.nth(102).waitFor();
    expect(await rows.count()).toBe(103);
  });
});

describe('of the demo campaign', () => {
  beforeAll(() => show(1, 'range=month'));

  it('the classes of traffic are those of the verdicts', async () => {
    const { rows } = await app.pool.query<{ class: string; n: number }>(
      `select coalesce(v.class, 'valid') as class, count(*)::integer as n
       from campaign_impressions i left join impression_verdict v on v.impression_id = i.id
       where campaign_id = 1 group by 1 order by 2 desc`,
    );
    await page.getByRole('tab', { name: 'Traffic' }).click();
    const lines = page.locator('[data-line^="trafficClass:"]');
    await lines.nth(rows.length - 1).waitFor();
    const shown = await lines.evaluateAll((all) =>
      all.map((line) => ({ class: line.getAttribute('data-line')?.split(':')[1], n: line.textContent })),
    );
    expect(shown.map((line) => ({ ...line, n: figure(line.n) }))).toEqual(rows);
    await page.getByRole('button', { name: /^Crawlers/ }).click();
    const crawled = rows.find((row) => row.class === 'crawler')?.n;
    await eventually(async () => expect(figure(await total(page, 'impressions').textContent())).toBe(crawled), {
      within: 5_000,
    });
  });

  it('the shared audience is who has a valid impression of both', async () => {
    const { both } = await one<{ both: number }>(
      `select count(*)::integer as both from (
         select coalesce(user_id::text, session_id) from campaign_impressions i where campaign_id = 1
           and not exists (select from impression_verdict v where v.impression_id = i.id)
         intersect
         select coalesce(user_id::text, session_id) from campaign_impressions i where campaign_id = 2
           and not exists (select from impression_verdict v where v.impression_id = i.id)) people`,
    );
    const shared = panel(page, 'Shared audience');
    await shared.getByLabel('With').selectOption({ label: 'Perseids: a night under shooting stars' });
    await shared.getByText(`${both} saw both`).waitFor();
  });
});

it('none of it left an error in the console', () => {
  expect(owner.faults).toEqual([]);
});
