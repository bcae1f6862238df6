import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { query } from '../support/sql.ts';
import { launchBrowser, launchWithin, openPage, type Person } from './browser.ts';
import { article, comment, post, seen, toTop } from './campaign-page.ts';
import { startDemo, write } from './demo-app.ts';

const COMMENTS = 3_000;

let app: TestApp;
let ada: Person;

beforeAll(async () => {
  app = await startDemo();
  await query(
    app.databaseUrl,
    `insert into campaign_engagement (campaign_id, user_id, profile_type, engagement_type, comment_text, created_at)
       select 1, 2 + n % 7, 'user', 'comment', 'Number ' || n || repeat(' of a long evening', n % 40),
         now() - make_interval(days => 30, secs => $1 - n)
       from generate_series(1, $1) n`,
    [COMMENTS],
  );
  ada = await openPage(await launchBrowser(), `${app.url}/campaigns/1`);
}, launchWithin);

const drawn = (page: Page) => page.locator('.comments-windowed > .comment').count();
const toEnd = (page: Page) => page.evaluate(() => scrollTo(0, document.body.scrollHeight));

/** The comment that stands in the middle of the view, and where, once it has stood there for ten frames. */
const inView = (page: Page) =>
  page.evaluate(async () => {
    const look = () => {
      const items = [...document.querySelectorAll('.comments-windowed > .comment')];
      const item = items.find((one) => one.getBoundingClientRect().bottom > innerHeight / 2);
      return { id: item?.id ?? '', top: Math.round(item?.getBoundingClientRect().top ?? Number.NaN) };
    };
    let last = look();
    for (let still = 0; still < 10; ) {
      await new Promise(requestAnimationFrame);
      const now = look();
      still = now.id !== '' && now.id === last.id && now.top === last.top ? still + 1 : 0;
      last = now;
    }
    return last;
  });

/** Scrolls down until the list has so many. */
async function readOn(page: Page, count: number): Promise<void> {
  await page.getByRole('button', { name: 'Load more' }).click();
  for (let last = 0; last < count; ) {
    await toEnd(page);
    last = await page.evaluate(
      () =>
        new Promise<number>((resolve) =>
          requestAnimationFrame(() => {
            const item = document.querySelector('.comments-windowed > .comment:last-child');
            resolve(Number(item?.getAttribute('aria-posinset') ?? 0));
          }),
        ),
    );
    if (last === 0) await page.getByRole('button', { name: 'Load more' }).click();
  }
}

describe('a discussion of three thousand comments', { timeout: 20_000 }, () => {
  it('comes page by page as one scrolls, and draws only what is near', async () => {
    await readOn(ada.page, 300);
    expect(await drawn(ada.page)).toBeLessThan(60);
  });

  it('is in the order of its places for whoever hears it', async () => {
    const places = await ada.page
      .locator('.comments-windowed > .comment')
      .evaluateAll((items) => items.map((item) => Number(item.getAttribute('aria-posinset'))));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('stays where it is read while others post', async () => {
    await ada.page.evaluate(() => scrollBy(0, -4_000));
    await ada.page.waitForFunction(
      () => document.querySelector('.load-more')?.getAttribute('aria-disabled') !== 'true',
    );
    const before = await inView(ada.page);
    await write(app, 903, 'From somebody else');
    await ada.page.getByRole('button', { name: '1 new comment' }).waitFor();
    expect(await inView(ada.page)).toEqual(before);
  });

  it('keeps a begun reply and its focus, however far one scrolls', async () => {
    const near = await inView(ada.page);
    await ada.page
      .locator(`#${near.id}`)
      .getByRole('button', { name: /^Reply/ })
      .first()
      .click();
    await ada.page.keyboard.type('Half a sen');
    await toTop(ada.page);
    await ada.page.waitForFunction(() => document.querySelector('[data-index="0"]') !== null);
    await ada.page.keyboard.type('tence');
    expect(await ada.page.evaluate(() => (document.activeElement as HTMLTextAreaElement).value)).toBe(
      'Half a sentence',
    );
    await ada.page.locator(`#${near.id} textarea`).fill('');
  });

  it('shows one’s own post at its head at once, once', async () => {
    await toTop(ada.page);
    await post(ada.page, 'My own in a long evening');
    await seen(ada.page, 'My own in a long evening');
    await ada.page.locator('.comment-outgoing').waitFor({ state: 'detached' });
    expect(await article(ada.page, 'My own in a long evening').count()).toBe(1);
    expect(await comment(ada.page).inputValue()).toBe('');
  });

  it('leads to a comment that is loaded and not drawn, and marks it', async () => {
    await toTop(ada.page);
    const id = await idNumbered(2_850);
    await ada.page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, `?comment=${id}`);
    await ada.page.locator(`#comment-${id}.comment-marked:focus`).waitFor();
    await inSight(ada.page, id);
  });

  it('leads from an address to a comment in its middle', async () => {
    const id = await idNumbered(1_500);
    await ada.page.goto(`${app.url}/campaigns/1?comment=${id}`);
    await ada.page.locator(`#comment-${id}.comment-marked:focus`).waitFor();
    await inSight(ada.page, id);
    expect(ada.faults).toEqual([]);
  });
});

async function idNumbered(n: number): Promise<number> {
  const rows = await query<{ id: number }>(
    app.databaseUrl,
    "select id from campaign_engagement where comment_text like 'Number ' || $1 || '%' order by id limit 1",
    [String(n)],
  );
  return rows[0]?.id ?? 0;
}

/** Scrolling there may be smooth, so this waits until it is there. */
const inSight = (page: Page, id: number) =>
  page.waitForFunction((item) => {
    const body = document.querySelector(`#comment-${item} > .comment-body`)?.getBoundingClientRect();
    return body !== undefined && body.top > 0 && body.bottom < innerHeight;
  }, id);
