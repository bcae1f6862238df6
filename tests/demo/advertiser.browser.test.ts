import { describe, expect, it } from 'vitest';
import { eventually } from '../support/poll.ts';
import { ask, counter, figure, panel, total } from './advertiser-page.ts';
import { countsOf, frequencyOf, funnelOf, placementsOf } from './advertiser-rows.ts';
import { live } from './browser.ts';
import { oneAdvertiser } from './one-advertiser.ts';

const scene = oneAdvertiser();
const within = { within: 8_000 };

const figuresIn = async (selector: string) => (await scene.owner.page.locator(selector).allTextContents()).map(figure);
const zone = () => scene.owner.page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);

describe('the owner of a campaign', () => {
  it('who comes by the link sees the figures at once, as the API has them', async () => {
    const { page } = scene.owner;
    expect(new URL(page.url()).pathname).toBe('/advertiser/1');
    await page.getByRole('heading', { name: 'Aurora: learn the night sky' }).waitFor();
    const metrics = await ask(scene.app.url, '/metrics');
    for (const metric of ['impressions', 'viewable', 'clicks', 'conversions', 'reach', 'spend']) {
      expect([metric, figure(await counter(page, metric).textContent())]).toEqual([metric, metrics[metric]]);
    }
    expect(figure(await counter(page, 'viewabilityRate').textContent())).toBeCloseTo(metrics.viewabilityRate * 100, 1);
  });

  it('sees counters and chart move when another program inserts impressions', async () => {
    const { page } = scene.owner;
    const before = figure(await counter(page, 'impressions').textContent());
    const charted = figure(await total(page, 'impressions').textContent());
    await scene.see(37);
    await eventually(
      async () => expect(figure(await counter(page, 'impressions').textContent())).toBe(before + 37),
      within,
    );
    await eventually(
      async () => expect(figure(await total(page, 'impressions').textContent())).toBe(charted + 37),
      within,
    );
    await eventually(async () => expect(await page.locator('.link-status').textContent()).toMatch(/\d m?s/), within);
  });

  it('sees a milestone the moment it is passed', async () => {
    const { page } = scene.owner;
    await scene.see(100, ', clicked, converted', ', true, true');
    await panel(page, 'As it happens').getByText('100 conversions').waitFor();
    await page.locator('[aria-live="polite"]', { hasText: '100 conversions' }).waitFor({ state: 'attached' });
  });

  it('sees the series as the statistics have it, in the table beside the picture', async () => {
    const { page } = scene.owner;
    await page.getByText('Show as a table').click();
    const from = new Date(Date.now() - 6 * 86_400_000).toISOString().slice(0, 10);
    const { series } = await ask(scene.app.url, `/stats?interval=hour&from=${from}&timezone=${await zone()}`);
    await eventually(async () => {
      const shown = await page.locator('.series tbody tr td:nth-child(2)').allTextContents();
      expect(shown.map(figure)).toEqual(series.map((row: { impressions: number }) => row.impressions).reverse());
    }, within);
    await page.getByText('Show as a table').click();
  });

  it('filters by a press on a line, until another press, and the filter stands in the address', async () => {
    const { page } = scene.owner;
    await page.getByRole('button', { name: /^widget/ }).click();
    expect(new URL(page.url()).searchParams.get('placement')).toBe('widget');
    const filters = encodeURIComponent('[["is","placement",["widget"]]]');
    const { totals } = await ask(scene.app.url, `/stats?filters=${filters}`);
    await eventually(
      async () => expect(figure(await total(page, 'impressions').textContent())).toBe(totals.impressions),
      within,
    );
    await page.getByRole('button', { name: 'Remove the filter Placement: widget' }).click();
    expect(new URL(page.url()).search).toBe('');
    for (const search of ['?placement=widget', '']) {
      await page.getByRole('button', { name: /^widget/ }).click();
      expect(new URL(page.url()).search).toBe(search);
    }
  });

  it('sees invalid traffic apart from the valid', async () => {
    const { page } = scene.owner;
    for (const traffic of ['invalid', 'all', 'valid']) {
      await page.locator('.head .sort-option', { hasText: new RegExp(`^${traffic}$`, 'i') }).click();
      const { impressions } = await ask(scene.app.url, `/metrics?traffic=${traffic}`);
      await eventually(
        async () => expect(figure(await counter(page, 'impressions').textContent())).toBe(impressions),
        within,
      );
    }
  });

  it('keeps the last figures while offline, and has those of now when back', async () => {
    const { page, offline } = scene.owner;
    const before = figure(await counter(page, 'impressions').textContent());
    await offline(true);
    await page.getByText(/shown as of \d\d:\d\d/).waitFor();
    await scene.see(5);
    expect(figure(await counter(page, 'impressions').textContent())).toBe(before);
    await offline(false);
    await live(page);
    await eventually(
      async () => expect(figure(await counter(page, 'impressions').textContent())).toBe(before + 5),
      within,
    );
  });
});

describe('what is on the glass is what the rows add up to', () => {
  it('in the counters and the money', async () => {
    const counts = await countsOf(scene.app);
    const text = (metric: string) => counter(scene.owner.page, metric).textContent();
    await eventually(async () => {
      for (const metric of ['impressions', 'viewable', 'clicks', 'conversions', 'reach'] as const) {
        expect([metric, figure(await text(metric))]).toEqual([metric, counts[metric]]);
      }
    }, within);
    expect(figure(await text('spend'))).toBe(Number(Number(counts.spend).toFixed(2)));
    expect(figure(await text('clickThroughRate'))).toBe(
      Number(((counts.clicks / counts.impressions) * 100).toFixed(2)),
    );
    expect(await figuresIn('.gauge-value')).toEqual([counts.impressions, Number(counts.left)]);
  });

  it('in the funnel and the breakdown of the last seven days', async () => {
    const [funnel, placements] = [await funnelOf(scene.app, await zone()), await placementsOf(scene.app, await zone())];
    await eventually(async () => {
      expect(await figuresIn('.funnel-count')).toEqual(funnel);
      const lines = panel(scene.owner.page, 'Where it was shown').locator('.bar-button');
      const names = await lines.locator('.bar-name').allTextContents();
      const impressions = (await lines.locator('.bar-figure').allTextContents()).map(figure);
      expect(names.map((name, index) => ({ name, impressions: impressions[index] }))).toEqual(placements);
    }, within);
  });

  it('in the histogram of frequency', async () => {
    const people = await frequencyOf(scene.app);
    await eventually(async () => expect(await figuresIn('.histogram-count')).toEqual(people), within);
  });
});

it('none of it left an error in the console, or asked another origin', () => {
  expect(scene.owner.faults).toEqual([]);
});
