import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { become } from './advertiser-page.ts';
import { launchBrowser, launchWithin, live, openPage, type Person } from './browser.ts';
import { seen } from './campaign-page.ts';
import { startDemo, write } from './demo-app.ts';
import { socketsOf } from './sockets-of.ts';

let app: TestApp;
let browser: Browser;
let first: Person;
let second: Page;

beforeAll(async () => {
  [app, browser] = [await startDemo(), await launchBrowser()];
  first = await openPage(browser, app.url);
  second = await anotherTab();
}, launchWithin);

async function anotherTab(): Promise<Page> {
  const page = await first.page.context().newPage();
  await page.goto(app.url);
  await live(page);
  return page;
}
const sockets = (n: number) => eventually(async () => expect(await socketsOf(app.url)).toBe(n), { within: 5_000 });

it('two tabs of one person have one socket, and both are live', async () => {
  await sockets(1);
  await write(app, 900, 'to both tabs');
  await Promise.all([seen(first.page, 'to both tabs'), seen(second, 'to both tabs')]);
});

it('a tab that is another person has another socket, and gives it back', async () => {
  await become(second, 'Another user');
  await second.getByRole('textbox', { name: 'Comment', exact: true }).waitFor();
  await live(second);
  await sockets(2);
  await become(second, 'Yourself');
  await live(second);
  await sockets(1);
});

it('one tab that is offline says so, and comes back beside the other', async () => {
  const devtools = await second.context().newCDPSession(second);
  const cut = (offline: boolean) =>
    devtools.send('Network.emulateNetworkConditions', {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
  await cut(true);
  await second.locator('.link-status[data-state="offline"]').waitFor();
  await write(app, 900, 'while one was away');
  await seen(first.page, 'while one was away');
  await cut(false);
  await live(second);
  await seen(second, 'while one was away');
});

it('a tab that crashes is forgotten, and the other goes on', async () => {
  const crashed = await anotherTab();
  const devtools = await crashed.context().newCDPSession(crashed);
  devtools.send('Page.crash').catch(() => {});
  await new Promise((resolve) => crashed.once('crash', resolve));
  await write(app, 900, 'after the crash');
  await seen(second, 'after the crash');
  await crashed.close();
});

it('the tab that came first closes, and the other misses nothing', async () => {
  const said = Array.from({ length: 6 }, (_, n) => `around the closing ${n}`);
  for (const [n, text] of said.entries()) {
    await write(app, 900, text);
    if (n === 2) await first.page.close();
  }
  for (const text of said) await seen(second, text);
  await sockets(1);
});

it('a browser without shared workers has a socket for each tab', async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => Object.defineProperty(globalThis, 'SharedWorker', { value: undefined }));
  for (const tab of [await context.newPage(), await context.newPage()]) {
    await tab.goto(app.url);
    await live(tab);
  }
  await sockets(3);
  await context.close();
  await sockets(1);
});
