import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { live, openPage } from './browser.ts';
import { article, comment, idOf, like, post, seen, toTop } from './campaign-page.ts';
import { write } from './demo-app.ts';
import { twoPeople } from './two-people.ts';

const scene = twoPeople();

describe('two people on one campaign', () => {
  it('are signed in as two users', async () => {
    const names = await Promise.all(
      [scene.ada, scene.bo].map(({ page }) => page.locator('.viewer').getAttribute('title')),
    );
    expect(names[0]).toMatch(/^Signed in as \p{L}+ \p{L}+$/u);
    const ids = await Promise.all(
      [scene.ada, scene.bo].map(({ page }) => page.evaluate(() => localStorage.getItem('campaign-pulse:user'))),
    );
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('see each other’s likes, and a like is there after a reload', async () => {
    await like(scene.ada.page).filter({ hasText: '128' }).click();
    await like(scene.bo.page).filter({ hasText: '129' }).waitFor();
    expect(await like(scene.ada.page).getAttribute('aria-pressed')).toBe('true');
    expect(await like(scene.bo.page).getAttribute('aria-pressed')).toBe('false');
    await scene.ada.page.reload();
    await scene.ada.page.locator('.action[aria-pressed="true"]', { hasText: 'Like' }).waitFor();
    await like(scene.ada.page).click();
    await like(scene.bo.page).filter({ hasText: '128' }).waitFor();
  });

  it('see each other’s comments and replies without a reload, each once', async () => {
    await post(scene.ada.page, 'Is the dome heated?');
    await seen(scene.bo.page, 'Is the dome heated?');
    await article(scene.bo.page, 'Is the dome heated?')
      .getByRole('button', { name: /^Reply/ })
      .click();
    await scene.bo.page.getByRole('textbox', { name: /^Reply to/ }).fill('Not at all. Bring a hat.');
    await scene.bo.page.keyboard.press('Control+Enter');
    await seen(scene.ada.page, 'Not at all. Bring a hat.');
    for (const { page } of [scene.ada, scene.bo]) {
      await page.locator('.comment-outgoing').waitFor({ state: 'detached' });
      expect(await page.getByText('Is the dome heated?', { exact: true }).count()).toBe(1);
      expect(await page.getByText('Not at all. Bring a hat.', { exact: true }).count()).toBe(1);
    }
  });

  it('like each other’s comments', async () => {
    const heart = (page: Page) => article(page, 'Is the dome heated?').getByRole('button', { name: /^Heart/ });
    await heart(scene.bo.page).click();
    await heart(scene.ada.page).filter({ hasText: '1' }).waitFor();
    expect(await heart(scene.bo.page).getAttribute('aria-pressed')).toBe('true');
  });

  it('share, and the other sees the count', async () => {
    const share = (page: Page) => page.getByRole('button', { name: /^Share/ });
    await share(scene.ada.page).click();
    await share(scene.bo.page).filter({ hasText: '24' }).waitFor();
  });

  it('read text as text, whatever is in it', async () => {
    const nasty = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> javascript:alert(1)';
    await post(scene.ada.page, nasty);
    await seen(scene.bo.page, nasty);
    for (const { page } of [scene.ada, scene.bo]) {
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
      expect(await page.locator('.comment-text img, .comment-text script, .comment-text a').count()).toBe(0);
    }
  });

  it('can follow a link in a comment, which lends it no name of ours', async () => {
    await post(scene.ada.page, 'Charts: https://charts.example/north.');
    const link = scene.bo.page.getByRole('link', { name: 'https://charts.example/north' });
    expect(await link.getAttribute('rel')).toBe('nofollow ugc noopener');
  });
});

describe('somebody who reads or writes', () => {
  it('keeps the words and their place while others post, and sees the posts when asked', async () => {
    await toTop(scene.bo.page);
    await comment(scene.bo.page).fill('Half a sen');
    const before = await comment(scene.bo.page).boundingBox();
    for (const n of [1, 2, 3]) await write(scene.app, 900, `busy ${n}`);
    const button = scene.bo.page.getByRole('button', { name: '3 new comments' });
    await button.waitFor();
    expect(await scene.bo.page.getByText('busy 3').count()).toBe(0);
    expect(await comment(scene.bo.page).boundingBox()).toEqual(before);
    expect(await comment(scene.bo.page).inputValue()).toBe('Half a sen');
    await button.click();
    await seen(scene.bo.page, 'busy 3');
  });

  it('sees posts as they come again once the own one is posted', async () => {
    await toTop(scene.bo.page);
    await post(scene.bo.page, 'A whole sentence');
    await seen(scene.bo.page, 'A whole sentence');
    await write(scene.app, 900, 'and this comes by itself');
    await seen(scene.bo.page, 'and this comes by itself');
    await comment(scene.bo.page).fill('Half a sen');
  });

  it('keeps a draft over a reload', async () => {
    await scene.bo.page.reload();
    await live(scene.bo.page);
    expect(await comment(scene.bo.page).inputValue()).toBe('Half a sen');
    await comment(scene.bo.page).fill('');
  });

  it('does not lose the line when something comes above it', async () => {
    const line = scene.bo.page.getByText('I did the spring course.');
    await line.scrollIntoViewIfNeeded();
    const before = await line.boundingBox();
    const top = await write(scene.app, 900, 'far above');
    await write(scene.app, 901, 'an answer far above', top);
    await scene.bo.page.getByRole('button', { name: '1 new comment' }).waitFor();
    await write(scene.app, 902, 'an answer just above', await idOf(scene.bo.page, 'Bring red light.'));
    const pill = scene.bo.page.getByRole('button', { name: '1 new reply' });
    await pill.waitFor();
    expect(await line.boundingBox()).toEqual(before);
    await pill.click();
    await seen(scene.bo.page, 'an answer just above');
    await toTop(scene.bo.page);
    await seen(scene.bo.page, 'an answer far above');
  });

  it('changes the order and gets more replies on demand', async () => {
    await scene.bo.page.getByRole('radio', { name: 'Oldest' }).check();
    await scene.bo.page.locator('.thread .comment').first().filter({ hasText: 'I did the spring course.' }).waitFor();
    await scene.bo.page.getByRole('button', { name: 'Show 1 reply' }).first().click();
    await seen(scene.bo.page, 'That made somebody’s week. See you on Thursday!');
    await scene.bo.page.getByRole('radio', { name: 'Newest' }).check();
    await scene.bo.page.locator('.thread .comment').first().filter({ hasText: 'far above' }).waitFor();
  });

  it('loads a long discussion in pages', async () => {
    for (let n = 0; n < 25; n++) await write(scene.app, 910 + n, `page filler ${n}`);
    const late = await openPage(scene.browser, scene.app.url);
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
  expect([scene.bo.faults, scene.ada.faults]).toEqual([[], []]);
});

describe('a busy discussion', () => {
  it('leaves the typist alone while 50 comments a second arrive, and loses none', async () => {
    const { page } = scene.bo;
    await page.reload();
    await live(page);
    await comment(page).fill('');
    const place = await comment(page).boundingBox();
    const words = 'A sentence that takes two seconds to type';
    const typing = page.keyboard.type(words, { delay: 2_000 / words.length });
    const writes: Promise<number>[] = [];
    for (let n = 0; n < 100; n++) {
      writes.push(write(scene.app, 2_000 + n, `one of many, ${n}`));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await Promise.all([typing, ...writes]);
    const button = page.getByRole('button', { name: '100 new comments' });
    await button.waitFor();
    expect(await comment(page).inputValue()).toBe(words);
    expect(await comment(page).boundingBox()).toEqual(place);
    await button.click();
    await seen(page, 'one of many, 99');
    await comment(page).fill('');
  });
});
