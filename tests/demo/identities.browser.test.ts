import { describe, expect, it } from 'vitest';
import { become } from './advertiser-page.ts';
import { live } from './browser.ts';
import { oneAdvertiser } from './one-advertiser.ts';

const scene = oneAdvertiser();

describe('a visitor of the demo', () => {
  it('is the advertiser on the advertiser’s screen, and themself on the campaign’s', async () => {
    const { page } = scene.owner;
    expect(await page.locator('.viewer').getAttribute('title')).toBe('Signed in as The advertiser');
    await page.getByRole('link', { name: 'Campaign', exact: true }).click();
    await page.getByRole('textbox', { name: 'Comment', exact: true }).waitFor();
    expect(await page.locator('.viewer').getAttribute('title')).toMatch(/^Signed in as (?!The advertiser)/);
  });

  it('who says to be a user sees none of the figures, and is the advertiser again by one press', async () => {
    const { page } = scene.owner;
    await become(page, 'Yourself');
    await page.getByRole('link', { name: 'Advertiser' }).click();
    await page.getByRole('heading', { name: 'This campaign belongs to somebody else' }).waitFor();
    expect(await page.locator('.counters, .panel').count()).toBe(0);
    await page.getByRole('button', { name: 'Be its advertiser in this tab' }).click();
    await page.locator('.counters').waitFor();
    await live(page);
  });

  it('is another person in another tab', async () => {
    const other = await scene.owner.page.context().newPage();
    await other.goto(scene.app.url);
    await live(other);
    await become(other, 'Another user');
    await other.getByRole('textbox', { name: 'Comment', exact: true }).waitFor();
    const names = await Promise.all(
      [other, scene.owner.page].map((page) => page.locator('.viewer').getAttribute('title')),
    );
    expect(names[1]).toBe('Signed in as The advertiser');
    expect(names[0]).not.toBe(names[1]);
    await other.reload();
    await live(other);
    expect(await other.locator('.viewer').getAttribute('title')).toBe(names[0]);
    await other.close();
  });

  it('finds all own campaigns behind the screen’s address without a number', async () => {
    const { page } = scene.owner;
    await page.getByRole('link', { name: 'All campaigns' }).click();
    await page.getByRole('link', { name: /Perseids/ }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/advertiser');
    await page.getByRole('link', { name: /Aurora/ }).click();
    await page.locator('.counters').waitFor();
  });
});

it('none of it left an error in the console but the refusal that was asked for', () => {
  expect(scene.owner.faults.filter((fault) => !/\b403\b/.test(fault))).toEqual([]);
});
