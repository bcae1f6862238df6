import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { browserAgent } from '../features/traffic.ts';
import type { TestApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { desktop, launchBrowser, launchWithin, openPage, type Person } from './browser.ts';
import { startDemo } from './demo-app.ts';

let app: TestApp;
let browser: Browser;
let before: number;

beforeAll(async () => {
  app = await startDemo();
  browser = await launchBrowser();
  before = (await rows()).length;
}, launchWithin);

interface Row {
  user_id: string | null;
  placement: string;
  is_viewable: boolean;
  viewable_duration: number | null;
  clicked: boolean;
  valid: boolean;
}
const rows = async (): Promise<Row[]> =>
  (
    await app.pool.query<Row>(
      `select user_id, placement, is_viewable, viewable_duration, clicked,
         not exists (select from impression_verdict v where v.impression_id = i.id) as valid
       from campaign_impressions i where campaign_id = 1 and session_id ~ '^[0-9a-f-]{36}$' order by id`,
    )
  ).rows;
const added = async () => (await rows()).slice(before);
const open = (): Promise<Person> => openPage(browser, app.url, { ...desktop, userAgent: browserAgent });

describe('the campaign’s page', () => {
  it('counts one viewable impression of its reader for each page view, and a click', { timeout: 40_000 }, async () => {
    const { page, faults, leave } = await open();
    const user = await page.evaluate(() => localStorage.getItem('campaign-pulse:user'));
    const seen = { user_id: Number(user), placement: 'widget', is_viewable: true, valid: true };
    await eventually(async () => expect(await added()).toMatchObject([{ ...seen, clicked: false }]), {
      within: 10_000,
    });
    expect((await added())[0]?.viewable_duration).toBeGreaterThanOrEqual(1_000);
    await page.context().route('https://northlight.example/**', (route) => route.fulfill({ body: 'the advertiser' }));
    await page.getByRole('link', { name: 'Reserve an evening' }).click();
    await eventually(async () => expect(await added()).toMatchObject([{ ...seen, clicked: true }]), { within: 10_000 });
    await page.reload();
    await eventually(async () => expect(await added()).toHaveLength(2), { within: 10_000 });
    expect(faults.filter((fault) => !fault.includes('northlight.example'))).toEqual([]);
    await leave();
  });

  it('loses nothing when it is closed at once, and what was not delivered comes with the next visit', {
    timeout: 40_000,
  }, async () => {
    const known = (await rows()).length;
    const { page, offline, leave } = await open();
    await page.goto('about:blank');
    await eventually(async () => expect(await rows()).toHaveLength(known + 1), { within: 10_000 });
    await page.goto(app.url);
    await page.locator('.link-status[data-state="live"]').waitFor();
    await eventually(async () => expect(await rows()).toHaveLength(known + 2), { within: 10_000 });
    await offline(true);
    await page.getByRole('link', { name: 'Reserve an evening' }).dispatchEvent('click');
    await offline(false);
    await page.goto(app.url);
    await eventually(async () => expect((await rows())[known + 1]).toMatchObject({ clicked: true }), {
      within: 10_000,
    });
    await leave();
  });
});
