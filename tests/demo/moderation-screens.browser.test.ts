/** Pictures of the desk in both sizes and both themes, and what axe finds in it. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { seriousFindings } from './axe.ts';
import { desktop, launchBrowser, launchWithin, openPage, phone, screenshot } from './browser.ts';
import { startDemo } from './demo-app.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  app = await startDemo();
  browser = await launchBrowser();
}, launchWithin);
afterAll(() => browser?.close());

const looks: [name: string, options: BrowserContextOptions][] = [
  ['desktop-light', { ...desktop, colorScheme: 'light' }],
  ['desktop-dark', { ...desktop, colorScheme: 'dark' }],
  ['phone-light', { ...phone, colorScheme: 'light' }],
  ['phone-dark', { ...phone, colorScheme: 'dark' }],
];
/** How far the page, or a dialog on it, is wider than there is room. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const open = [...document.querySelectorAll('dialog[open]')].map((one) => one.scrollWidth - one.clientWidth);
    return Math.max(document.documentElement.scrollWidth - innerWidth, ...open);
  });
/** Of the others the queue and a comment are enough: what is beside them is built of the same. */
const whole = new Set(['desktop-light', 'phone-dark']);
const parts: [tab: string, ready: string][] = [
  ['Appeals', '.case-said'],
  ['Notices', '.part-empty'],
  ['Rules', '.rule-table'],
  ['Log', '.log-table'],
  ['Statistics', '.figures'],
];

describe.each(looks)('on %s', { timeout: 60_000 }, (look, options) => {
  it('the desk and its parts fit, and nobody is kept out', async () => {
    const { page, faults, leave } = await openPage(browser, `${app.url}/moderation`, options);
    const looksRight = async (name: string) => {
      expect([name, await overflow(page), await seriousFindings(page)]).toEqual([name, 0, []]);
      await screenshot(page, `moderation-${name}-${look}`);
    };
    await page.locator('.line').first().waitFor();
    await looksRight('queue');
    if (look.startsWith('phone')) await page.locator('.line-open').first().click();
    await page.locator('.thread').waitFor();
    await looksRight('item');
    if (!whole.has(look)) return leave();
    await page.getByRole('button', { name: 'Commands' }).click();
    await page.getByRole('option', { name: 'Sanction the author' }).waitFor();
    await looksRight('palette');
    await page.getByRole('option', { name: 'Sanction the author' }).click();
    await page.getByRole('heading', { name: 'Sanction Vince Marlow' }).waitFor();
    await looksRight('sanction');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Open the user' }).click();
    await page.getByRole('heading', { name: 'Vince Marlow' }).waitFor();
    await looksRight('user');
    for (const [tab, ready] of parts) {
      await page.getByRole('navigation', { name: 'Parts of the desk' }).getByRole('button', { name: tab }).click();
      await page.locator(ready).waitFor();
      await looksRight(tab.toLowerCase());
    }
    expect(faults).toEqual([]);
    await leave();
  });
});

describe('the parts beside the queue', () => {
  it('answer an appeal, verify the log, replay a draft, sanction and lift', async () => {
    const { page, faults, leave } = await openPage(browser, `${app.url}/moderation?tab=appeals`);
    await page.getByRole('textbox', { name: /Your answer/ }).fill('You were there. It stands again.');
    await page.getByRole('button', { name: /^Grant/ }).click();
    await page.getByText('No appeal waits for an answer').waitFor();
    const go = (name: string) =>
      page.getByRole('navigation', { name: 'Parts of the desk' }).getByRole('button', { name }).click();
    await go('Log');
    await page.getByRole('cell', { name: 'Appeal granted' }).waitFor();
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText(/The chain of \d+ lines is intact/).waitFor();
    await go('Rules');
    await page.getByRole('combobox', { name: 'Suspect words: Mode' }).selectOption('shadow');
    await page.locator('tr[data-changed="true"]', { hasText: 'Suspect words' }).waitFor();
    await page.getByRole('button', { name: 'Replay on the last 500 decisions' }).click();
    await page.locator('.replay').getByText('Precision').waitFor();
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByText('That is for admins.').waitFor();
    await go('Users');
    await page.getByRole('textbox', { name: 'User number' }).fill('41');
    await page.getByRole('button', { name: 'Look up' }).click();
    await page.getByRole('button', { name: 'Sanction…' }).click();
    await page.getByRole('radio', { name: 'Mute' }).check();
    await page.getByRole('textbox', { name: /^Reason/ }).fill('The same offer again');
    await page.getByRole('dialog').getByRole('button', { name: 'Sanction' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Sanction…');
    await page.getByRole('region', { name: 'In force' }).getByRole('button', { name: 'Lift' }).click();
    await page.getByText('Nothing holds against this user.').waitFor();
    expect(faults.filter((fault) => !/\b403\b/.test(fault))).toEqual([]);
    await leave();
  });
});
