import { describe, expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { live } from './browser.ts';
import { article, comment, like, post, seen, toTop } from './campaign-page.ts';
import { write } from './demo-app.ts';
import { twoPeople } from './two-people.ts';

const scene = twoPeople();

describe('somebody without a mouse', () => {
  it('reaches, presses and writes everything with the keyboard', async () => {
    const { page } = scene.ada;
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
    await seen(scene.bo.page, 'typed, not clicked');
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
    await toTop(scene.bo.page);
    await scene.bo.offline(true);
    await scene.bo.page
      .getByRole('status')
      .getByText(/offline|reconnecting/i)
      .waitFor();
    await write(scene.app, 902, 'said while Bo was away');
    await post(scene.bo.page, 'written on the train');
    await article(scene.bo.page, 'written on the train')
      .getByText(/Sending|Not sent/)
      .first()
      .waitFor();
    await scene.bo.offline(false);
    await live(scene.bo.page);
    expect(await scene.bo.page.getByText(/offline|reconnecting/i).count()).toBe(0);
    await seen(scene.bo.page, 'said while Bo was away');
    await seen(scene.ada.page, 'written on the train');
    await scene.bo.page.locator('.comment-outgoing').waitFor({ state: 'detached' });
    expect(await scene.bo.page.getByText('written on the train').count()).toBe(1);
  });

  it('comes back by itself when the server was stopped and started', async () => {
    const port = new URL(scene.app.url).port;
    await scene.app.stop();
    await scene.ada.page
      .getByText(/reconnecting/i)
      .first()
      .waitFor();
    const again = await startApp({ DEMO: '1', PORT: port, databaseUrl: scene.app.databaseUrl });
    await write(again, 903, 'after the restart');
    await live(scene.ada.page);
    await seen(scene.ada.page, 'after the restart');
  });
});

describe('the pages', () => {
  it('left no error in any console, and asked nobody else', () => {
    expect({ bo: scene.bo.faults.filter(beforeTheStop), ada: scene.ada.faults.filter(beforeTheStop) }).toEqual({
      bo: [],
      ada: [],
    });
  });
});

/** A browser reports each connection that a server refused which goes down or is gone; nothing else is excused. */
const beforeTheStop = (fault: string): boolean => !/ERR_CONNECTION_REFUSED|WebSocket.*\b503\b/.test(fault);
