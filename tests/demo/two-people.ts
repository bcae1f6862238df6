import type { Browser } from 'playwright-core';
import { beforeAll } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { launchBrowser, launchWithin, openPage, type Person } from './browser.ts';
import { startDemo } from './demo-app.ts';

export interface Scene {
  app: TestApp;
  browser: Browser;
  ada: Person;
  bo: Person;
}

/** Two people in front of the demo campaign, each signed in as a user of their own, for as long as a file of tests runs. */
export function twoPeople(): Scene {
  const scene = {} as Scene;
  beforeAll(async () => {
    const [app, browser] = [await startDemo(), await launchBrowser()];
    const [ada, bo] = await Promise.all([openPage(browser, app.url), openPage(browser, app.url)]);
    Object.assign(scene, { app, browser, ada, bo });
  }, launchWithin);
  return scene;
}
