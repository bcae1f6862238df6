/** What axe finds serious or worse on a page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function seriousFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/**
 * As `seriousFindings`, in one of the themes. A look of a screen takes a second or two: light on the desktop and dark on the
 * phone are both themes and both sizes.
 */
export async function seriousIn(theme: 'light' | 'dark', page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme });
  const found = await seriousFindings(page);
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}
