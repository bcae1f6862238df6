import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser, launchWithin, live, openPage, type Person } from './browser.ts';
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

const like = (page: Page) => page.getByRole('button', { name: /^Like/ });
const comment = (page: Page) => page.getByRole('textbox', { name: 'Comment', exact: true });
const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
const post = async (page: Page, text: string) => {
  await comment(page).fill(text);
  await page.getByRole('button', { name: 'Post comment' }).click();
};
const seen = (page: Page, text: string) => page.getByText(text, { exact: true }).waitFor({ timeout: 5_000 });
const toTop = (page: Page) => page.evaluate(() => scrollTo(0, 0));

const idOf = async (page: Page, text: string): Promise<number> => {
  const id = await page
    .locator('.comment', { has: article(page, text) })
    .last()
    .getAttribute('id');
  return Number(id?.replace('comment-', ''));
};

describe('two people on one campaign', () => {
  it('are signed in as two users', async () => {
    const names = await Promise.all([ada, bo].map(({ page }) => page.locator('.viewer').getAttribute('title')));
    expect(names[0]).toMatch(/^Signed in as \p{L}+ \p{L}+$/u);
    const ids = await Promise.all(
      [ada, bo].map(({ page }) => page.evaluate(() => localStorage.getItem('campaign-pulse:user'))),
    );
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('see each other’s likes, and a like is there after a reload', async () => {
    await like(ada.page).filter({ hasText: '128' }).click();
    await like(bo.page).filter({ hasText: '129' }).waitFor();
    expect(await like(ada.page).getAttribute('aria-pressed')).toBe('true');
    expect(await like(bo.page).getAttribute('aria-pressed')).toBe('false');
    await ada.page.reload();
    await ada.page.locator('.action[aria-pressed="true"]', { hasText: 'Like' }).waitFor();
    await like(ada.page).click();
    await like(bo.page).filter({ hasText: '128' }).waitFor();
  });

  it('see each other’s comments and replies without a reload, each once', async () => {
    await post(ada.page, 'Is the dome heated?');
    await seen(bo.page, 'Is the dome heated?');
    await article(bo.page, 'Is the dome heated?')
      .getByRole('button', { name: /^Reply/ })
      .click();
    await bo.page.getByRole('textbox', { name: /^Reply to/ }).fill('Not at all. Bring a hat.');
    await bo.page.keyboard.press('Control+Enter');
    await seen(ada.page, 'Not at all. Bring a hat.');
    for (const { page } of [ada, bo]) {
      await page.locator('.comment-outgoing').waitFor({ state: 'detached' });
      expect(await page.getByText('Is the dome heated?', { exact: true }).count()).toBe(1);
      expect(await page.getByText('Not at all. Bring a hat.', { exact: true }).count()).toBe(1);
    }
  });

  it('like each other’s comments', async () => {
    const heart = (page: Page) => article(page, 'Is the dome heated?').getByRole('button', { name: /^Heart/ });
    await heart(bo.page).click();
    await heart(ada.page).filter({ hasText: '1' }).waitFor();
    expect(await heart(bo.page).getAttribute('aria-pressed')).toBe('true');
  });

  it('share, and the other sees the count', async () => {
    const share = (page: Page) => page.getByRole('button', { name: /^Share/ });
    await share(ada.page).click();
    await share(bo.page).filter({ hasText: '24' }).waitFor();
  });

  it('read text as text, whatever is in it', async () => {
    const nasty = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> javascript:alert(1)';
    await post(ada.page, nasty);
    await seen(bo.page, nasty);
    for (const { page } of [ada, bo]) {
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
      expect(await page.locator('.comment-text img, .comment-text script, .comment-text a').count()).toBe(0);
    }
  });

  it('can follow a link in a comment, which lends it no name of ours', async () => {
    await post(ada.page, 'Charts: https://charts.example/north.');
    const link = bo.page.getByRole('link', { name: 'https://charts.example/north' });
    expect(await link.getAttribute('rel')).toBe('nofollow ugc noopener');
  });
});

describe('somebody who reads or writes', () => {
  it('keeps the words and their place while others post, and sees the posts when asked', async () => {
    await toTop(bo.page);
    await comment(bo.page).fill('Half a sen');
    const before = await comment(bo.page).boundingBox();
    for (const n of [1, 2, 3]) await write(app, 900, `busy ${n}`);
    const button = bo.page.getByRole('button', { name: '3 new comments' });
    await button.waitFor();
    expect(await bo.page.getByText('busy 3').count()).toBe(0);
    expect(await comment(bo.page).boundingBox()).toEqual(before);
    expect(await comment(bo.page).inputValue()).toBe('Half a sen');
    await button.click();
    await seen(bo.page, 'busy 3');
  });

  it('sees posts as they come again once the own one is posted', async () => {
    await toTop(bo.page);
    await post(bo.page, 'A whole sentence');
    await seen(bo.page, 'A whole sentence');
    await write(app, 900, 'and this comes by itself');
    await seen(bo.page, 'and this comes by itself');
    await comment(bo.page).fill('Half a sen');
  });

  it('keeps a draft over a reload', async () => {
    await bo.page.reload();
    await live(bo.page);
    expect(await comment(bo.page).inputValue()).toBe('Half a sen');
    await comment(bo.page).fill('');
  });

  it('does not lose the line when something comes above it', async () => {
    const line = bo.page.getByText('I did the spring course.');
    await line.scrollIntoViewIfNeeded();
    const before = await line.boundingBox();
    const top = await write(app, 900, 'far above');
    await write(app, 901, 'an answer far above', top);
    await bo.page.getByRole('button', { name: '1 new comment' }).waitFor();
    await write(app, 902, 'an answer just above', await idOf(bo.page, 'Bring red light.'));
    const pill = bo.page.getByRole('button', { name: '1 new reply' });
    await pill.waitFor();
    expect(await line.boundingBox()).toEqual(before);
    await pill.click();
    await seen(bo.page, 'an answer just above');
    await toTop(bo.page);
    await seen(bo.page, 'an answer far above');
  });

  it('changes the order and gets more replies on demand', async () => {
    await bo.page.getByRole('radio', { name: 'Oldest' }).check();
    await bo.page.locator('.thread .comment').first().filter({ hasText: 'I did the spring course.' }).waitFor();
    await bo.page.getByRole('button', { name: 'Show 1 reply' }).first().click();
    await seen(bo.page, 'That made somebody’s week. See you on Thursday!');
    await bo.page.getByRole('radio', { name: 'Newest' }).check();
    await bo.page.locator('.thread .comment').first().filter({ hasText: 'far above' }).waitFor();
  });

  it('loads a long discussion in pages', async () => {
    for (let n = 0; n < 25; n++) await write(app, 910 + n, `page filler ${n}`);
    const late = await openPage(browser, app.url);
    const listed = late.page.locator('.thread > .comments > .comment');
    expect(await listed.count()).toBe(20);
    await late.page.getByRole('button', { name: 'Load more' }).click();
    await seen(late.page, 'page filler 0');
    expect(await listed.count()).toBeGreaterThan(30);
    expect(late.faults).toEqual([]);
    await late.leave();
  });
});

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

/** A browser reports each connection that a stopped server refused; nothing else is excused. */
const beforeTheStop = (fault: string): boolean => !fault.includes('ERR_CONNECTION_REFUSED');
