import type { Browser } from 'playwright-core';
import { beforeAll } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { launchBrowser, launchWithin, live, openPage, type Person } from './browser.ts';
import { startDemo } from './demo-app.ts';

export interface AdvertiserScene {
  app: TestApp;
  browser: Browser;
  owner: Person;
  /** Another program writes: impressions of the demo campaign, seen now. */
  see(times: number, columns?: string, values?: string): Promise<void>;
}

/** A visitor who went from the campaign's page to the advertiser's screen. */
export function oneAdvertiser(): AdvertiserScene {
  const scene = {} as AdvertiserScene;
  let seen = 0;
  beforeAll(async () => {
    const [app, browser] = [await startDemo(), await launchBrowser()];
    const owner = await openPage(browser, app.url);
    await owner.page.getByRole('link', { name: 'Advertiser' }).click();
    await owner.page.locator('.counters').waitFor({ timeout: 15_000 });
    await live(owner.page);
    const see = async (times: number, columns = '', values = '') => {
      await app.pool.query(
        `insert into campaign_impressions (campaign_id, session_id, placement${columns})
         select 1, 'seen-' || n, 'popup'${values} from generate_series($1::integer + 1, $1::integer + $2::integer) n`,
        [seen, times],
      );
      seen += times;
    };
    Object.assign(scene, { app, browser, owner, see });
  }, launchWithin);
  return scene;
}
