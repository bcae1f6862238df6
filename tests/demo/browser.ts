/** People in front of real browsers. What a page must never do is watched from its first request to its last. */
import { mkdirSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });

export const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

export interface Person {
  page: Page;
  /** Console errors, uncaught exceptions and requests that left the origin. */
  faults: string[];
  /** Cuts the network, or gives it back. What the browser says about that in its console is no fault of the page. */
  offline(off: boolean): Promise<void>;
  leave(): Promise<void>;
}

/** Somebody with a browser of their own, in front of the page and live. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = desktop,
): Promise<Person> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  let cut = false;
  page.on('console', (message) => {
    if (message.type() === 'error' && !cut) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(url).origin && protocol !== 'data:') faults.push(`left the origin: ${request.url()}`);
  });
  await page.goto(url);
  await live(page);
  const offline = async (off: boolean) => {
    cut ||= off;
    await context.setOffline(off);
  };
  return { page, faults, offline, leave: () => context.close() };
}

/** The page says that what it shows is live. */
export const live = (page: Page): Promise<void> =>
  page.locator('.link-status[data-state="live"]').waitFor({ timeout: 15_000 });

const artefacts = new URL('../../artefacts/', import.meta.url);

export async function screenshot(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  await page.screenshot({ path: new URL(`${name}.png`, artefacts).pathname, fullPage });
}
