/** What people do on the campaign's page, and what they look for. */
import type { Page } from 'playwright-core';

export const like = (page: Page) => page.getByRole('button', { name: /^Like/ });
export const comment = (page: Page) => page.getByRole('textbox', { name: 'Comment', exact: true });
export const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
export const post = async (page: Page, text: string) => {
  await comment(page).fill(text);
  await page.getByRole('button', { name: 'Post comment' }).click();
};
export const seen = (page: Page, text: string) => page.getByText(text, { exact: true }).waitFor({ timeout: 5_000 });
export const toTop = (page: Page) => page.evaluate(() => scrollTo(0, 0));

export const idOf = async (page: Page, text: string): Promise<number> => {
  const id = await page
    .locator('.comment', { has: article(page, text) })
    .last()
    .getAttribute('id');
  return Number(id?.replace('comment-', ''));
};
