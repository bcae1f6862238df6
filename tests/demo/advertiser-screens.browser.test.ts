/** Pictures of the advertiser's screen in both sizes and both themes, and what axe finds in it. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { grave } from './axe.ts';
import { desktop, launchBrowser, launchWithin, openPage, phone, screenshot } from './browser.ts';
import { startDemo } from './demo-app.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  app = await startDemo();
  browser = await launchBrowser();
}, launchWithin);
afterAll(() => browser?.close());

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

const looks: [name: string, options: BrowserContextOptions][] = [
  ['desktop-light', { ...desktop, colorScheme: 'light' }],
  ['desktop-dark', { ...desktop, colorScheme: 'dark' }],
  ['phone-light', { ...phone, colorScheme: 'light' }],
  ['phone-dark', { ...phone, colorScheme: 'dark' }],
];

describe.each(looks)('on %s', { timeout: 60_000 }, (look, options) => {
  it('the advertiser’s screen fits, and nobody is kept out', async () => {
    const { page, faults, leave } = await openPage(browser, `${app.url}/advertiser/1?compare=yes`, options);
    await page.locator('.plot canvas').waitFor();
    await page.locator('.histogram').waitFor();
    await page.locator('.overlap-both').waitFor();
    await page.locator('tr[data-invoice]').first().waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await screenshot(page, `advertiser-${look}`);
    await screenshot(page, `advertiser-whole-${look}`, true);
    expect(await grave(page)).toEqual([]);
    await page
      .getByRole('button', { name: /^Open invoice/ })
      .first()
      .click();
    await page.locator('.billed-line').first().waitFor();
    await screenshot(page, `advertiser-invoice-${look}`);
    expect(await grave(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'viewability' }).first().click();
    await page.getByText(/half of the pixels in view/).waitFor();
    await screenshot(page, `advertiser-definition-${look}`);
    expect(faults).toEqual([]);
    await leave();
  });

  it('the list of campaigns and the refusal fit', async () => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(`${app.url}/advertiser`);
    await page.locator('.campaign-line').first().waitFor();
    await screenshot(page, `advertiser-list-${look}`);
    expect(await grave(page)).toEqual([]);
    await page.evaluate(() => sessionStorage.setItem('campaign-pulse:identity', '{"kind":"self"}'));
    await page.goto(`${app.url}/advertiser/1`);
    await page.getByRole('button', { name: 'Be its advertiser in this tab' }).waitFor();
    await page.getByRole('button', { name: /change who you are/ }).click();
    await page.getByRole('menu').waitFor();
    await screenshot(page, `advertiser-refused-${look}`);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await context.close();
  });
});
