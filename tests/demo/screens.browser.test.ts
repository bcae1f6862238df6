/** Pictures of each screen in both sizes and both themes, kept as artefacts for people to judge. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { desktop, launchBrowser, launchWithin, openPage, type Person, phone, picture } from './browser.ts';
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

const looks: [name: string, options: BrowserContextOptions][] = [
  ['desktop', desktop],
  ['phone', phone],
];

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe.each(looks)('on %s', { timeout: 60_000 }, (look, options) => {
  let person: Person;
  beforeAll(async () => {
    person = await openPage(browser, app.url, options);
  });

  it('the campaign fits, and its picture is there', async () => {
    const { page, faults } = person;
    await page.getByText('here now').waitFor();
    await page.locator('.media img').evaluate((image: HTMLImageElement) => image.decode());
    await picture(page, `campaign-${look}`);
    const more = page.getByRole('button', { name: /^Show .* repl|^Loading/ });
    for (let left = await more.count(); left > 0; left = await more.count()) {
      const drawn = await page.locator('.comment').count();
      await more.first().click();
      await page.locator('.comment').nth(drawn).waitFor();
    }
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.evaluate(() => scrollTo(0, 0));
    await picture(page, `thread-${look}`, true);
    expect(faults).toEqual([]);
  });

  it('reading, writing and being offline look right', async () => {
    const { page, offline } = person;
    await page.getByRole('button', { name: /^Like/ }).click();
    await page.locator('.action[aria-pressed="true"]').waitFor();
    await page.getByRole('textbox', { name: 'Comment', exact: true }).fill('I am in the middle of a thought');
    await write(app, 906, `While you write (${look})`);
    await page.getByRole('button', { name: '1 new comment' }).waitFor();
    await page.locator('#discussion').scrollIntoViewIfNeeded();
    await picture(page, `writing-${look}`);
    await offline(true);
    await page.getByRole('button', { name: 'Post comment' }).click();
    await page.getByText('Not sent.').waitFor({ timeout: 15_000 });
    await page.getByText('Not sent.').scrollIntoViewIfNeeded();
    await picture(page, `offline-${look}`);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await offline(false);
    await person.leave();
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
    await picture(page, `loading-${look}`);
    answer();
    await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 15_000 });
    await picture(page, `broken-${look}`);
    await page.unroute('**/api/v1/campaigns?*');
    await page.route('**/comments?*', async (route) => {
      const page = await (await route.fetch()).json();
      await route.fulfill({ json: { ...page, items: [], nextCursor: null } });
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nobody has said anything yet').scrollIntoViewIfNeeded();
    await picture(page, `empty-${look}`);
    await page.goto(`${app.url}/moderation`);
    await page.getByRole('heading', { name: /not here yet/ }).waitFor();
    await picture(page, `later-${look}`);
    await context.close();
  });
});
