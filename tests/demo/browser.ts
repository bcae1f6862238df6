/** People in front of real browsers. What a page must never do is watched from its first request to its last. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { endWithFile } from '../support/ending.ts';
import { systemProgram } from '../support/system-program.ts';

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

/** Installing it may take a minute: give the hook that calls this `launchWithin`. */
export const launchWithin = 300_000;

let shared: Promise<Browser> | undefined;

/**
 * The browser of this worker, which all its test files share: starting one costs a second. People of one file are kept
 * from those of another by contexts of their own, which end with their file; nobody closes the browser.
 */
export async function launchBrowser(): Promise<Browser> {
  if (shared === undefined || !(await shared).isConnected()) shared = launch();
  const browser = await shared;
  endWithFile({ stop: () => Promise.all(browser.contexts().map((context) => context.close())) });
  return browser;
}

const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: whereIs(process.env.CHROMIUM ?? chromiumOnPath()), args: flags });

const chromiumOnPath = () =>
  systemProgram({
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    debianPackage: 'chromium',
    advice:
      'The browser tests need Chromium: install it (Debian: apt-get install -y chromium), or set CHROMIUM to its path',
  });

const whereIs = (program: string) =>
  program.includes('/') ? program : execFileSync('which', [program], { encoding: 'utf8' }).trim();

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
  context.setDefaultTimeout(10_000); // a step that hangs is named, before its test as a whole runs out of time
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

const themes = ['light', 'dark'] as const;

/** One page in both themes, which costs much less than a page for each. Leaves it light. */
export async function inBothThemes(page: Page, look: (theme: string) => Promise<void>): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await look(colorScheme);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

export const picture = (page: Page, name: string, fullPage = false): Promise<void> =>
  inBothThemes(page, (theme) => screenshot(page, `${name}-${theme}`, fullPage));
