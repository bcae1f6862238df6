import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser, launchWithin, live, openPage, type Person } from './browser.ts';
import { article, comment, like, post, seen, toTop } from './campaign-page.ts';
import { startDemo, write } from './demo-app.ts';

let app: TestApp;
let browser: Browser;
let ada: Person;
let bo: Person;

beforeAll(async () => {
  app = await startDemo();
  browser = await launchBrowser();
  [ada, bo] = await Promise.all([openPage(browser, app.url), openPage(browser, app.url)]);
}, launchWithin);
afterAll(() => browser?.close());

describe('somebody without a mouse', () => {
  it('reaches, presses and writes everything with the keyboard', async () => {
    const { page } = ada;
    await toTop(page);
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await like(page).focus();
    await page.keyboard.press('Space');
    await page.locator('.action[aria-pressed="true"]', { hasText: 'Like' }).waitFor();
    for (const name of ['Save', 'Follow', 'Share']) {
      await page.keyboard.press('Tab');
      expect(await focused()).toContain(name);
    }
    await comment(page).focus();
    await page.keyboard.type('typed, not clicked');
    await page.keyboard.press('Control+Enter');
    await seen(bo.page, 'typed, not clicked');
    await article(page, 'typed, not clicked')
      .getByRole('button', { name: /^Reply/ })
      .focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: /^Reply to/ }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('Reply');
  });
});

describe('a connection that is lost', () => {
  it('is told, and what was missed is there when it is back', async () => {
    await toTop(bo.page);
    await bo.offline(true);
    await bo.page
      .getByRole('status')
      .getByText(/offline|reconnecting/i)
      .waitFor();
    await write(app, 902, 'said while Bo was away');
    await post(bo.page, 'written on the train');
    await article(bo.page, 'written on the train')
      .getByText(/Sending|Not sent/)
      .first()
      .waitFor();
    await bo.offline(false);
    await live(bo.page);
    expect(await bo.page.getByText(/offline|reconnecting/i).count()).toBe(0);
    await seen(bo.page, 'said while Bo was away');
    await seen(ada.page, 'written on the train');
    await bo.page.locator('.comment-outgoing').waitFor({ state: 'detached' });
    expect(await bo.page.getByText('written on the train').count()).toBe(1);
  });

  it('comes back by itself when the server was stopped and started', async () => {
    const port = new URL(app.url).port;
    await app.stop();
    await ada.page
      .getByText(/reconnecting/i)
      .first()
      .waitFor();
    const again = await startApp({ DEMO: '1', PORT: port, databaseUrl: app.databaseUrl });
    await write(again, 903, 'after the restart');
    await live(ada.page);
    await seen(ada.page, 'after the restart');
  });
});

describe('the pages', () => {
  it('that come later say so and lead back', async () => {
    const visitor = await openPage(browser, app.url);
    await visitor.page.getByRole('link', { name: 'Advertiser' }).click();
    await visitor.page.getByRole('heading', { name: /not here yet/ }).waitFor();
    expect(new URL(visitor.page.url()).pathname).toBe('/advertiser/1');
    await visitor.page.getByRole('link', { name: 'Moderation' }).click();
    await visitor.page.getByRole('heading', { name: /not here yet/ }).waitFor();
    await visitor.page.getByRole('link', { name: 'Back to the campaign' }).click();
    await live(visitor.page);
    expect(visitor.faults).toEqual([]);
    await visitor.leave();
  });

  it('left no error in any console, and asked nobody else', () => {
    expect({ bo: bo.faults.filter(beforeTheStop), ada: ada.faults.filter(beforeTheStop) }).toEqual({ bo: [], ada: [] });
  });
});

/** A browser reports each connection that a server refused which goes down or is gone; nothing else is excused. */
const beforeTheStop = (fault: string): boolean => !/ERR_CONNECTION_REFUSED|WebSocket.*\b503\b/.test(fault);
