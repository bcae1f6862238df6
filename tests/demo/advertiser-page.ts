/** What people look for on the advertiser's screen, and what the API says of it. */
import type { Page } from 'playwright-core';
import { apiAs } from '../support/api.ts';
import { token } from '../support/app.ts';
import type { Untyped } from '../support/untyped.ts';

export const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
export const counter = (page: Page, metric: string) => page.locator(`.counters [data-metric="${metric}"]`);
export const total = (page: Page, metric: string) => page.locator(`[data-total="${metric}"]`);
export const figure = (text: string | null): number => Number((text ?? '').replace(/[^\d.]/g, ''));

export const ownerToken = () => token(1, { roles: ['advertiser'], advertiser_id: 1 });
/** What the API tells the owner of campaign 1. */
export async function ask(url: string, path: string): Promise<Untyped> {
  const { status, body } = await apiAs(url, await ownerToken())('GET', `/campaigns/1${path}`);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** Becomes somebody else by the menu in the header. */
export async function become(page: Page, who: string): Promise<void> {
  await page.getByRole('button', { name: /change who you are/ }).click();
  await page.getByRole('menuitemradio', { name: who }).click();
}
