import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs } from '../support/api.ts';
import { type TestApp, token } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { startReceiver } from '../support/receiver.ts';
import { seriousFindings } from './axe.ts';
import { launchBrowser, launchWithin, live, openPage, type Person, phone, picture, screenshot } from './browser.ts';
import { startDemo, write } from './demo-app.ts';

let app: TestApp;
let browser: Browser;
let ada: Person;
let tab: Page;
let as: Api;
let own: number;

beforeAll(async () => {
  [app, browser] = [await startDemo({ WEBHOOK_ALLOW_PRIVATE: '1' }), await launchBrowser()];
  ada = await openPage(browser, app.url);
  tab = await ada.page.context().newPage();
  await tab.goto(`${app.url}/settings`);
  const userId = Number(await ada.page.evaluate(() => localStorage.getItem('campaign-pulse:user')));
  as = apiAs(app.url, await token(userId));
  own = await write(app, userId, 'Who comes on Thursday?');
}, launchWithin);

const bell = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const panel = (page: Page) => page.getByRole('dialog', { name: 'Notifications' });
async function reply(userId: number, name: string): Promise<void> {
  const { status } = await apiAs(app.url, await token(userId, { name }))('POST', '/campaigns/1/comments', {
    text: `I do, says ${name}`,
    parentId: own,
  });
  expect(status).toBe(201);
}

it('the bell counts what is unread, on all tabs, and the page says that it is live where there is no campaign', async () => {
  await live(tab);
  for (const [n, name] of ['Bo', 'Cyd', 'Dilan Długosz', 'Eli'].entries()) await reply(920 + n, name);
  for (const page of [ada.page, tab]) await bell(page, 'Notifications, 1 unread').waitFor();
});

it('the list names two people and counts the others, and leads to the comment', async () => {
  await bell(ada.page, 'Notifications, 1 unread').click();
  const row = panel(ada.page).getByRole('link', { name: 'Eli, Dilan Długosz, and 2 others replied to your comment' });
  await row.waitFor();
  expect(await row.getAttribute('href')).toBe(`/campaigns/1?comment=${own}`);
  expect(ada.faults).toEqual([]);
  expect(await seriousFindings(ada.page)).toEqual([]);
  await screenshot(ada.page, 'notifications-desktop');
});

it('the list grows while one looks, and what is marked is marked on all tabs', async () => {
  await reply(930, 'Fay');
  await panel(ada.page).getByText('3 others').waitFor();
  await panel(ada.page).getByRole('button', { name: 'Mark all as read' }).click();
  for (const page of [ada.page, tab]) await bell(page, 'Notifications').waitFor();
  await panel(ada.page)
    .getByRole('button', { name: /^Put away/ })
    .click();
  await panel(ada.page).getByText('Nothing new').waitFor();
  await ada.page.keyboard.press('Escape');
  await expect.poll(() => ada.page.evaluate(() => document.activeElement?.className)).toContain('bell');
});

it('what is chosen in the settings is kept', async () => {
  await tab.getByRole('checkbox', { name: 'In the list: Likes of your comments' }).uncheck();
  await tab.getByRole('combobox', { name: 'Summary: Replies to you' }).selectOption('Daily');
  await tab.getByRole('checkbox', { name: 'Keep quiet hours' }).check();
  await tab.getByLabel('From').fill('21:30');
  await tab.getByLabel('Time zone').selectOption('Europe/Lisbon');
  await eventually(
    async () => {
      const { body } = await as('GET', '/me/notification-preferences');
      expect(body).toEqual({
        items: [
          { kind: 'comment_liked', campaignId: null, inApp: false, digest: 'none', webhook: false },
          { kind: 'reply', campaignId: null, inApp: true, digest: 'daily', webhook: false },
        ],
        quietHours: { from: '21:30', to: '07:00', zone: 'Europe/Lisbon' },
      });
    },
    { within: 3_000 },
  );
  await tab.getByText('Saved', { exact: true }).waitFor();
  expect(await seriousFindings(tab)).toEqual([]);
  await screenshot(tab, 'settings-desktop', true);
});

it('a campaign is told of in its own way, which is reached from it and undone for it alone', async () => {
  const items = async () => ((await as('GET', '/me/notification-preferences')).body as { items: unknown[] }).items;
  const before = await items();
  await bell(ada.page, 'Notifications').click();
  await panel(ada.page).getByRole('link', { name: 'For this campaign' }).click();
  await ada.page.getByRole('checkbox', { name: 'In the list: Mentions of you' }).uncheck();
  await ada.page.getByText('1 setting differs here').waitFor();
  const own = { kind: 'mention', campaignId: 1, inApp: false, digest: 'none', webhook: false };
  await expect.poll(items).toContainEqual(own);
  expect(await seriousFindings(ada.page)).toEqual([]);
  await picture(ada.page, 'settings-campaign-desktop');
  await ada.page.getByRole('button', { name: 'Make it like all campaigns' }).click();
  await expect.poll(items).toEqual(before);
  expect(await ada.page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT');
});

it('an advertiser adds an endpoint, sees its secret once, what was sent to it, and sends it again', async () => {
  const receiver = await startReceiver();
  await tab.goto(`${app.url}/settings/advertiser/1`);
  await tab.getByLabel('URL').fill('not an address');
  await tab.getByRole('button', { name: 'Add endpoint' }).click();
  await tab.getByRole('alert').getByText('That is no https address.').waitFor();
  await tab.getByLabel('URL').fill(receiver.url);
  await tab.getByRole('checkbox', { name: 'milestone:reached' }).check();
  await tab.getByRole('button', { name: 'Add endpoint' }).click();
  const secret = tab.locator('.secret code');
  const first = await secret.textContent();
  expect(first).toMatch(/^whsec_/);
  await tab.getByRole('button', { name: `New secret: ${receiver.url}` }).click();
  await expect.poll(() => secret.textContent()).not.toBe(first);
  await tab.getByRole('button', { name: `Send a test: ${receiver.url}` }).click();
  const [sent] = await receiver.until(1);
  const delivery = tab.locator('.deliveries li').filter({ hasText: 'Delivered · 204' });
  await delivery.locator('summary').click();
  await delivery.getByRole('button', { name: 'Send again' }).click();
  const again = await receiver.until(2);
  expect(again.map(({ id }) => id)).toEqual([sent?.id, sent?.id]);
  expect(await seriousFindings(tab)).toEqual([]);
  await screenshot(tab, 'webhooks-desktop', true);
  await tab.reload();
  await tab.getByText(receiver.url).waitFor();
  expect(await secret.count()).toBe(0);
});

it('list and settings fit a phone, in the dark too', async () => {
  const { page, leave } = await openPage(browser, app.url, { ...phone, colorScheme: 'dark' });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await bell(page, 'Notifications').click();
  await panel(page).getByText('Nothing new').waitFor();
  await screenshot(page, 'notifications-phone-dark');
  await panel(page).getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'Notification settings' }).waitFor();
  await page.getByRole('checkbox', { name: 'Keep quiet hours' }).check();
  expect(await overflow()).toBeLessThanOrEqual(0);
  expect(await seriousFindings(page)).toEqual([]);
  await screenshot(page, 'settings-phone-dark', true);
  await leave();
});

it('the page has no script of its own, says so in its policy, and none of it left an error', async () => {
  const response = await fetch(app.url);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("worker-src 'self'");
  expect(policy).not.toMatch(/unsafe|blob:|script-src/);
  const html = await response.text();
  expect(html.match(/<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+=|\sstyle=/g)).toBeNull();
  expect(ada.faults).toEqual([]);
});
