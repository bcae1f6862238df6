/** What becomes of one's own words, on one's own screen and on that of somebody else, while both look. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { moderator } from '../features/moderators.ts';
import type { Api } from '../support/api.ts';
import { seriousFindings } from './axe.ts';
import { openPage } from './browser.ts';
import { article, comment, idOf, post, seen, toTop } from './campaign-page.ts';
import { write } from './demo-app.ts';
import { twoPeople } from './two-people.ts';

const scene = twoPeople();
let desk: Api;
let otherDesk: Api;
beforeAll(async () => {
  desk = await moderator(scene.app.url, 700);
  otherDesk = await moderator(scene.app.url, 701);
});

const gone = (page: Page, text: string) =>
  page.getByText(text, { exact: true }).waitFor({ state: 'detached', timeout: 5_000 });
const menu = async (page: Page, text: string, item: string) => {
  await article(page, text)
    .getByRole('button', { name: /^More about/ })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
};
/** Which comment a keyboard is at. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);
const userOf = (page: Page) => page.evaluate(() => Number(localStorage.getItem('campaign-pulse:user')));
const decide = async (id: number, action: string, more: object = {}) => {
  const { status, body } = await desk('POST', `/moderation/items/${id}/decisions`, { action, revision: 1, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
};

describe('one’s own comment', () => {
  it('is edited, and the other reads the new text', async () => {
    const { page } = scene.ada;
    await post(page, 'Is it cold thare?');
    await seen(scene.bo.page, 'Is it cold thare?');
    await menu(page, 'Is it cold thare?', 'Edit');
    await page.getByRole('textbox', { name: 'Edit your comment' }).fill('Is it cold there?');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await seen(scene.bo.page, 'Is it cold there?');
    await article(page, 'Is it cold there?').getByText('edited').waitFor();
  });

  it('that was changed on another screen meanwhile is not overwritten unasked', async () => {
    const { page } = scene.ada;
    const id = await idOf(page, 'Is it cold there?');
    await menu(page, 'Is it cold there?', 'Edit');
    await page.getByRole('textbox', { name: 'Edit your comment' }).fill('Mine');
    const token = await scene.app.token(await userOf(page));
    await fetch(`${scene.app.url}/api/v1/comments/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ text: 'From the phone', revision: 2 }),
    });
    await page.getByText('changed on another screen').waitFor();
    expect(await page.getByRole('textbox', { name: 'Edit your comment' }).inputValue()).toBe('Mine');
    await page.getByRole('button', { name: 'Save mine instead' }).click();
    await seen(scene.bo.page, 'Mine');
  });

  it('is deleted when that is confirmed, and leaves both screens', async () => {
    const { page } = scene.ada;
    await menu(page, 'Mine', 'Delete');
    expect(await seriousFindings(page)).toEqual([]);
    const id = await idOf(page, 'Mine');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe(`comment-${id}`);
    await menu(page, 'Mine', 'Delete');
    await page.getByRole('button', { name: 'Delete comment' }).click();
    await gone(scene.bo.page, 'Mine');
    await gone(page, 'Mine');
    await expect.poll(() => focused(page)).toMatch(/^comment-\d+$/);
  });

  it('that may hurt is asked about first, and held for review when it is posted anyway', async () => {
    const { page } = scene.ada;
    const harsh = 'You are an idiot and I hope you die';
    await post(page, harsh);
    await page.getByText('Would you say it to them in person?').waitFor();
    expect(await comment(page).inputValue()).toBe(harsh);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    expect(await comment(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Post anyway' }).click();
    await article(page, harsh).getByText('Held for review').waitFor();
    await page.reload();
    await article(page, harsh).getByText('Held for review').waitFor();
    expect(await scene.bo.page.getByText(harsh).count()).toBe(0);
    await decide(await idOf(page, harsh), 'approve');
    await seen(scene.bo.page, harsh);
    await article(page, harsh).getByText('Held for review').waitFor({ state: 'detached' });
  });
});

describe('a comment that is reported', () => {
  const words = 'Buy my telescope instead';

  it('is reported with a reason, and thanks are said', async () => {
    await post(scene.ada.page, words);
    await seen(scene.bo.page, words);
    const { page } = scene.bo;
    await menu(page, words, 'Report');
    await page.getByRole('radio', { name: /^Spam/ }).check();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send report' }).click();
    await page.getByText('Thanks, you will hear what came of it.').waitFor();
    await page.getByRole('button', { name: 'Close' }).last().click();
    await expect.poll(() => focused(page)).toBe(`comment-${await idOf(page, words)}`);
  });

  it('is rejected: its author reads why at once and appeals, and when that is granted it is back on both screens', async () => {
    const { page } = scene.ada;
    const id = await idOf(page, words);
    await decide(id, 'reject', { reason: 'spam', explanation: 'We take no advertising.' });
    await gone(scene.bo.page, words);
    const mine = article(page, words);
    await mine.getByText('Removed by a moderator').waitFor();
    await mine.getByText('We take no advertising.').waitFor();
    await mine.getByRole('button', { name: 'Appeal' }).click();
    await page.getByRole('textbox', { name: /^Why should/ }).fill('It was a joke.');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send appeal' }).click();
    await mine.getByText('Your appeal is waiting').waitFor();
    const open = (await otherDesk('GET', '/moderation/appeals?status=open')).body.items;
    const appeal = open.find(({ commentId }: { commentId: number }) => commentId === id);
    const granted = await otherDesk('POST', `/moderation/appeals/${appeal?.id}/decision`, {
      action: 'grant',
      explanation: 'So it was.',
    });
    expect(granted.status).toBe(200);
    await seen(scene.bo.page, words);
    await mine.getByText('Removed by a moderator').waitFor({ state: 'detached' });
  });
});

describe('who is restricted', () => {
  it('reads a warning where one would write, and writes again after it is acknowledged', async () => {
    const { page } = scene.ada;
    const user = await userOf(page);
    const { status } = await desk('POST', `/moderation/users/${user}/sanctions`, {
      kind: 'warn',
      reason: 'Advertising',
    });
    expect(status).toBe(201);
    await page.getByText('A moderator has warned you').waitFor();
    await page.getByRole('button', { name: 'I understand' }).click();
    await comment(page).waitFor();
  });

  it('keeps the draft while muted, and reads until when', async () => {
    const { page } = scene.ada;
    await comment(page).fill('A thought');
    const user = await userOf(page);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await desk('POST', `/moderation/users/${user}/sanctions`, { kind: 'mute', reason: 'Advertising', until });
    await page.getByText('You can’t comment until').waitFor();
    await desk('DELETE', `/moderation/users/${user}/sanctions?kind=mute`);
    await comment(page).waitFor();
    expect(await comment(page).inputValue()).toBe('A thought');
    await comment(page).fill('');
  });
});

describe('a link to a comment', () => {
  it('opens its branch, marks it and gives it the focus; one to a removed comment says so', async () => {
    let parent = await write(scene.app, 920, 'A root far down');
    for (let depth = 1; depth <= 5; depth++) parent = await write(scene.app, 921, `Deeper ${depth}`, parent);
    for (let n = 0; n < 22; n++) await write(scene.app, 930, `above ${n}`);
    const late = await openPage(scene.browser, `${scene.app.url}/campaigns/1?comment=${parent}`);
    const target = late.page.locator(`#comment-${parent}`);
    await late.page.locator('.comment-marked').waitFor();
    expect(await target.evaluate((item) => item === document.activeElement)).toBe(true);
    const removed = await write(scene.app, 922, 'soon gone');
    await decide(removed, 'reject', { reason: 'spam' });
    await late.page.goto(`${scene.app.url}/campaigns/1?comment=${removed}`);
    await late.page.getByText('leads to was removed').waitFor();
    expect(late.faults).toEqual([]);
    await late.leave();
  });
});

it('replies below what is in sight are announced, and led to', async () => {
  const { page } = scene.bo;
  await page.goto(`${scene.app.url}/campaigns/1`);
  const last = page.locator('.thread > .comments > .comment').last();
  await last.waitFor();
  await toTop(page);
  const id = Number((await last.getAttribute('id'))?.replace('comment-', ''));
  await write(scene.app, 940, 'An answer out of sight', id);
  await page.getByRole('button', { name: '1 new reply below' }).click();
  await page.getByText('An answer out of sight').waitFor();
  await page.getByRole('button', { name: /new repl.* below/ }).waitFor({ state: 'detached' });
});

it('none of it left an error in a console', () => {
  expect([scene.ada.faults, scene.bo.faults]).toEqual([[], []]);
});
