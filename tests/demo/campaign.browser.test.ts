import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { launchBrowser, launchWithin, live, openPage, type Person } from './browser.ts';
import { article, comment, idOf, like, post, seen, toTop } from './campaign-page.ts';
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

it('none of it left an error in a console, or asked another origin', () => {
  expect([bo.faults, ada.faults]).toEqual([[], []]);
});
