import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { apiAs } from '../support/api.ts';
import { eventually } from '../support/poll.ts';
import { ask, ownerToken, panel } from './advertiser-page.ts';
import { live } from './browser.ts';
import { oneAdvertiser } from './one-advertiser.ts';

const scene = oneAdvertiser();

describe('an advertiser’s papers', () => {
  it('an invoice appears when a cycle closes, and opens to its impressions', async () => {
    const { page } = scene.owner;
    const as = apiAs(scene.app.url, await ownerToken());
    const { status, body } = await as('POST', '/campaigns/1/billing/cycles', {});
    expect(status).toBe(201);
    const row = page.locator(`tr[data-invoice="${body.id}"]`);
    await row.filter({ hasText: 'Draft' }).waitFor();
    expect(await row.locator('[data-amount]').getAttribute('data-amount')).toBe(String(body.amount));
    await row.getByRole('button', { name: `Open invoice ${body.invoiceNumber}` }).click();
    const dialog = page.getByRole('dialog', { name: `Invoice ${body.invoiceNumber}` });
    await dialog.locator('.billed-line').first().waitFor();
    const list = await ask(scene.app.url, `/invoices/${body.id}/impressions?limit=1`);
    expect(await dialog.locator('.billed-line').first().textContent()).toContain(String(list.items[0].impressionId));
    await eventually(
      async () => {
        await dialog.locator('.billed').evaluate((box) => box.scrollTo(0, box.scrollHeight));
        const loaded = await dialog.getByText(/impressions? loaded/).textContent();
        expect(Number(loaded?.replace(/\D/g, ''))).toBe(body.impressionsDelivered);
      },
      { within: 15_000 },
    );
    expect(await dialog.locator('.billed-line').count()).toBeLessThan(60);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it.each([
    ['CSV', 'csv', 1],
    ['NDJSON', 'ndjson', 0],
  ])('an export as %s is the table', async (name, ending, headers) => {
    const { page } = scene.owner;
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('radio', { name, exact: true }).check();
    const coming = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe(`campaign-1-impressions.${ending}`);
    const { rows } = await scene.app.pool.query(
      'select id from campaign_impressions where campaign_id = 1 order by id',
    );
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split(/\r?\n/).slice(headers);
    const idOf = (line: string) => Number(headers === 1 ? line.split(',')[0] : JSON.parse(line).id);
    expect(lines.map(idOf)).toEqual(rows.map(({ id }) => Number(id)));
    await dialog.getByText(`Done: ${rows.length.toLocaleString('en')} rows`).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  it('an export waits for a connection, and goes on when there is one', async () => {
    const { page, offline } = scene.owner;
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await offline(true);
    const coming = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download' }).click();
    await dialog.getByText('No connection. It goes on from the last row as soon as there is one.').waitFor();
    await offline(false);
    await dialog.getByText(/^Done: [\d,]+ rows/).waitFor();
    await (await coming).delete();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await live(page);
  });

  it('an export that is cancelled saves nothing', async () => {
    const { page } = scene.owner;
    await page.route('**/export?*', () => {}); // held: no answer ever comes
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('button', { name: 'Download' }).click();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.getByText('Cancelled. Nothing was saved.').waitFor();
    await page.unroute('**/export?*');
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  it('a rule is added, fires while one looks, is changed in its place, and removed', async () => {
    const { page } = scene.owner;
    const rules = panel(page, 'Tell me when');
    await rules.getByLabel('Figure').selectOption('impressions');
    await rules.getByLabel('Comparison').selectOption('above');
    await rules.getByLabel('Threshold').fill('20');
    await rules.getByRole('button', { name: 'Add rule' }).click();
    await rules.getByText('Impressions above 20 within 1 h').waitFor();
    expect((await ask(scene.app.url, '/alert-rules')).rules).toMatchObject([{ metric: 'impressions', threshold: 20 }]);
    await scene.see(30);
    await panel(page, 'As it happens').getByText('Impressions above 20: 30').waitFor({ timeout: 15_000 });
    await rules.getByRole('button', { name: /^Change the rule/ }).click();
    const form = rules.getByRole('form', { name: 'Change the rule Impressions above 20 within 1 h' });
    await form.getByLabel('Figure').selectOption('viewabilityRate');
    await form.getByLabel('Threshold').fill('62.5');
    await form.getByRole('button', { name: 'Save' }).click();
    await rules.getByText('Viewability above 62.50% within 1 h').waitFor();
    expect((await ask(scene.app.url, '/alert-rules')).rules).toMatchObject([
      { metric: 'viewabilityRate', comparison: 'above', threshold: 0.625, windowMinutes: 60, firedAt: null },
    ]);
    await rules.getByRole('button', { name: /^Remove the rule/ }).click();
    await rules.getByText('No rule yet.').waitFor();
    expect((await ask(scene.app.url, '/alert-rules')).rules).toEqual([]);
  });
});

it('none of it left an error in the console, or asked another origin', () => {
  expect(scene.owner.faults).toEqual([]);
});
