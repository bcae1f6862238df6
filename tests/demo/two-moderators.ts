import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { apiAs } from '../support/api.ts';
import { type TestApp, token } from '../support/app.ts';
import { launchBrowser, launchWithin, openPage, type Person } from './browser.ts';
import { startDemo, write } from './demo-app.ts';

export interface DeskScene {
  app: TestApp;
  browser: Browser;
  mia: Person;
  noa: Person;
  /** Somebody writes this, and another reports it. Answers the id of the comment. */
  report(text: string, reason?: string): Promise<number>;
}

/** Two moderators in front of the desk, each in a browser of their own. */
export function twoModerators(): DeskScene {
  const scene = {} as DeskScene;
  let flagger = 7_000;
  beforeAll(async () => {
    const [app, browser] = [await startDemo(), await launchBrowser()];
    const desk = async () => {
      const person = await openPage(browser, `${app.url}/moderation`);
      await inHand(person.page).waitFor();
      return person;
    };
    const [mia, noa] = [await desk(), await desk()];
    const report = async (text: string, reason = 'spam') => {
      const id = await write(app, 6_999, text);
      const { status } = await apiAs(app.url, await token(++flagger))('POST', `/comments/${id}/flags`, { reason });
      if (status !== 201) throw new Error(`The report was answered with ${status}`);
      return id;
    };
    Object.assign(scene, { app, browser, mia, noa, report });
  }, launchWithin);
  afterAll(() => scene.browser?.close());
  return scene;
}

export const inHand = (page: Page) => page.locator('.item-comment');
export const line = (page: Page, text: string) => page.locator('.line', { hasText: text });
export const nameOf = async (page: Page): Promise<string> => (await page.locator('.viewer-name').textContent()) ?? '';
/** The newest lines of the log, as the API tells them. */
export async function newestLog(url: string, limit: number): Promise<{ action: string; reason: string | null }[]> {
  const { body } = await apiAs(url, await token(9, { roles: ['moderator'] }))('GET', `/moderation/log?limit=${limit}`);
  return (body as { items: { action: string; reason: string | null }[] }).items;
}
