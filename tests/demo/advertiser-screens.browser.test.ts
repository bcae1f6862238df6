/** Pictures of the advertiser's screen in both sizes and both themes, and what axe finds in it. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { seriousIn } from './axe.ts';
import { desktop, launchBrowser, launchWithin, openPage, type Person, phone, picture } from './browser.ts';
import { startDemo } from './demo-app.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  app = await startDemo();
  browser = await launchBrowser();
}, launchWithin);

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Axe looks at each screen in both sizes and both themes, once each. */
const looks: [name: string, options: BrowserContextOptions, theme: 'light' | 'dark'][] = [
  ['desktop', desktop, 'light'],
  ['phone', phone, 'dark'],
];

describe.each(looks)('on %s', { timeout: 60_000 }, (look, options, theme) => {
  let person: Person;
  beforeAll(async () => {
    person = await openPage(browser, `${app.url}/advertiser/1?compare=yes`, options);
  });

  it('the advertiser’s screen fits, and nobody is kept out', async () => {
    const { page, faults } = person;
    await page.locator('.plot canvas').waitFor();
    await page.locator('.histogram').waitFor();
    await page.locator('.overlap-both').waitFor();
    await page.locator('tr[data-invoice]').first().waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await picture(page, `advertiser-${look}`, true);
    expect(await seriousIn(theme, page)).toEqual([]);
    await page.getByRole('button', { name: 'viewability' }).first().click();
    await page.getByText(/half of the pixels in view/).waitFor();
    await picture(page, `advertiser-definition-${look}`);
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /^Open invoice/ })
      .first()
      .click();
    await page.locator('.billed-line').first().waitFor();
    await picture(page, `advertiser-invoice-${look}`);
    expect(await seriousIn(theme, page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(faults).toEqual([]);
  });

  it('the list of campaigns and the refusal fit, and a wrong address is told as one', async () => {
    const { page } = person;
    await page.getByRole('link', { name: 'All campaigns' }).click();
    await page.locator('.campaign-line').first().waitFor();
    await picture(page, `advertiser-list-${look}`);
    expect(await seriousIn(theme, page)).toEqual([]);
    await page.evaluate(() => sessionStorage.setItem('campaign-pulse:identity', '{"kind":"self"}'));
    await page.goto(`${app.url}/advertiser/1`);
    await page.getByRole('button', { name: 'Be its advertiser in this tab' }).waitFor();
    await page.getByRole('button', { name: /change who you are/ }).click();
    await page.getByRole('menu').waitFor();
    await picture(page, `advertiser-refused-${look}`);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    for (const path of ['/advertiser/nobody', '/nothing']) {
      const answer = await page.goto(`${app.url}${path}`);
      expect(answer?.status()).toBe(path === '/nothing' ? 404 : 200);
      await page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
    }
    await person.leave();
  });
});
