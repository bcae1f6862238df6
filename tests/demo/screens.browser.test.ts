/** Pictures of each screen in both sizes and both themes, kept as artefacts for people to judge. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { desktop, launchBrowser, launchWithin, live, openPage, phone, screenshot } from './browser.ts';
import { startDemo, write } from './demo-app.ts';

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await startDemo();
  browser = await launchBrowser();
  const root = await write(app, 901, 'The dates are at https://northlight.example/courses/spring?from=the-campaign.');
  let parent = root;
  for (let level = 1; level <= 7; level++)
    parent = await write(app, 901 + (level % 2), `A step deeper: ${level}.`, parent);
  await write(app, 903, 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'.repeat(4), root);
  await write(app, 904, 'שלום! האם הקורס מתאים גם למתחילים גמורים? תודה רבה.', root);
  for (let n = 1; n <= 4; n++) await write(app, 905, `And another reply, number ${n}.`, root);
}, launchWithin);
afterAll(() => browser?.close());

const looks: [name: string, options: BrowserContextOptions][] = [
  ['desktop-light', { ...desktop, colorScheme: 'light' }],
  ['desktop-dark', { ...desktop, colorScheme: 'dark' }],
  ['phone-light', { ...phone, colorScheme: 'light' }],
  ['phone-dark', { ...phone, colorScheme: 'dark' }],
];

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe.each(looks)('on %s', { timeout: 60_000 }, (look, options) => {
  it('the campaign fits, and its picture is there', async () => {
    const { page, faults, leave } = await openPage(browser, app.url, options);
    await page.getByText('here now').waitFor();
    await page.locator('.media img').evaluate((image: HTMLImageElement) => image.decode());
    await screenshot(page, `campaign-${look}`);
    for (let more = page.getByRole('button', { name: /^Show .* repl/ }); (await more.count()) > 0; ) {
      await more.first().click();
      await more
        .first()
        .filter({ hasNotText: 'Loading' })
        .waitFor({ timeout: 1_000 })
        .catch(() => {});
    }
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.evaluate(() => scrollTo(0, 0));
    await screenshot(page, `thread-${look}`, true);
    expect(faults).toEqual([]);
    await leave();
  });

  it('reading, writing and being offline look right', async () => {
    const { page, offline, leave } = await openPage(browser, app.url, options);
    await page.getByRole('button', { name: /^Like/ }).click();
    await page.locator('.action[aria-pressed="true"]').waitFor();
    await page.getByRole('textbox', { name: 'Comment', exact: true }).fill('I am in the middle of a thought');
    await write(app, 906, `While you write (${look})`);
    await page.getByRole('button', { name: '1 new comment' }).waitFor();
    await page.locator('#discussion').scrollIntoViewIfNeeded();
    await screenshot(page, `writing-${look}`);
    await offline(true);
    await page.getByRole('button', { name: 'Post comment' }).click();
    await page.getByText('Not sent.').waitFor({ timeout: 15_000 });
    await page.getByText('Not sent.').scrollIntoViewIfNeeded();
    await screenshot(page, `offline-${look}`);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await offline(false);
    await live(page);
    await leave();
  });

  it('loading, empty and broken look right', async () => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/v1/campaigns?*', async (route) => {
      await held;
      await route.abort();
    });
    await page.goto(app.url);
    await page.locator('.bone').first().waitFor();
    await screenshot(page, `loading-${look}`);
    answer();
    await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 15_000 });
    await screenshot(page, `broken-${look}`);
    await page.unroute('**/api/v1/campaigns?*');
    await page.route('**/comments?*', async (route) => {
      const page = await (await route.fetch()).json();
      await route.fulfill({ json: { ...page, items: [], nextCursor: null } });
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nobody has said anything yet').scrollIntoViewIfNeeded();
    await screenshot(page, `empty-${look}`);
    await context.close();
  });
});
