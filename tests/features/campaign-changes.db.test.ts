import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, admin, advertiser, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { watch } from '../support/watcher.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let root: Api;
let owner: Api;
let stranger: Api;
beforeAll(async () => {
  app = await startApp();
  [root, owner, stranger] = [await admin(app.url), await advertiser(app.url, 5), await advertiser(app.url, 6)];
});

/** A watcher of the campaign, and the campaign as the newest announcement shows it. */
async function watching(id: number) {
  const watcher = await watch(app.url);
  await watcher.subscribe({ stream: `campaign:${id}` });
  const shown = () => watcher.log.filter(({ name }) => name === 'campaign:updated').at(-1)?.data;
  return { ...watcher, shown };
}
const read = async (id: number, as: Api = apiAs(app.url, null)) => (await as('GET', `/campaigns/${id}`)).body;
const image = { mediaType: 'image', fileUrl: 'https://example.org/a.png' };

describe('changing a campaign', () => {
  it('changes what is named, leaves the rest, and is announced', async () => {
    const id = await liveCampaign(app.url, { description: 'Before', callToAction: 'Look', targetRegions: ['North'] });
    const { shown } = await watching(id);
    const change = {
      name: 'After',
      targetRegions: ['South', 'East'],
      campaignSocials: { site: 'https://example.org/' },
    };
    const { status, body } = await owner('PATCH', `/campaigns/${id}`, { ...change, callToAction: null });
    expect([status, body]).toMatchObject([
      200,
      { ...change, description: 'Before', callToAction: null, status: 'live' },
    ]);
    expect(await read(id)).toMatchObject({ ...change, description: 'Before', callToAction: null });
    await eventually(async () => expect(shown()).toEqual(await read(id)), { within: 5_000 });
  });

  it('takes money exactly, and moves the metrics', async () => {
    const id = await liveCampaign(app.url, { campaignBudget: 10, cpiRate: 0.5 });
    const change = { campaignBudget: 1234.56, cpiRate: 0.000001, minimumBalanceThreshold: 0.01, depositPercent: null };
    expect((await owner('PATCH', `/campaigns/${id}`, change)).body).toMatchObject(change);
    const metrics = await owner('GET', `/campaigns/${id}/metrics`);
    expect(metrics.body).toMatchObject({ remainingBalance: 1234.56 });
  });

  it('with nothing named changes nothing', async () => {
    const id = await liveCampaign(app.url);
    const before = await read(id, owner);
    expect(await owner('PATCH', `/campaigns/${id}`, {})).toMatchObject({ status: 200, body: before });
  });

  it('is for the owner and admins; another advertiser is named by admins alone', async () => {
    const id = await liveCampaign(app.url);
    const draft = (await owner('POST', '/campaigns', { name: 'Mine' })).body.id;
    const patch = (as: Api, campaign: number, body: unknown) => as('PATCH', `/campaigns/${campaign}`, body);
    expect(refusalOf(await patch(apiAs(app.url, null), id, {}))).toBe('401 unauthenticated');
    expect(refusalOf(await patch(await user(app.url, 7), id, { name: 'x' }))).toBe('403 forbidden');
    expect(refusalOf(await patch(stranger, id, { name: 'x' }))).toBe('403 forbidden');
    expect(refusalOf(await patch(stranger, draft, { name: 'x' }))).toBe('404 unknown_campaign');
    expect(refusalOf(await patch(owner, id, { advertiserId: 6 }))).toBe('403 forbidden');
    expect((await patch(root, id, { advertiserId: 6 })).body).toMatchObject({ advertiserId: 6 });
    expect(refusalOf(await patch(owner, id, { name: 'x' }))).toBe('403 forbidden');
  });

  it.each([
    { name: null },
    { name: ' ' },
    { status: 'live' },
    { likes: 5 },
    { campaignBudget: -1 },
    { targetPlacements: ['moon'] },
    { autoPauseOnLowBalance: null },
    { startDate: 'soon' },
  ])('refuses %j', async (body) => {
    const id = await liveCampaign(app.url);
    const before = await read(id, owner);
    expect(refusalOf(await owner('PATCH', `/campaigns/${id}`, body))).toBe('400 invalid_body');
    expect(await read(id, owner)).toEqual(before);
  });
});

describe('the files of a campaign', () => {
  it('are added, listed in their order, shown in the campaign, announced and removed', async () => {
    const id = await liveCampaign(app.url, { brandId: 70 });
    const { shown } = await watching(id);
    const second = (await owner('POST', `/campaigns/${id}/media`, { ...image, displayOrder: 2 })).body;
    const full = {
      mediaType: 'video',
      fileUrl: '/media/b.mp4',
      placement: 'popup',
      fileName: 'b.mp4',
      fileSize: 12_345,
    };
    const first = await owner('POST', `/campaigns/${id}/media`, { ...full, contentType: 'video/mp4', displayOrder: 1 });
    expect([first.status, first.body]).toMatchObject([201, { ...full, campaignId: id, advertiserId: 5, brandId: 70 }]);
    const pages = [await owner('GET', `/campaigns/${id}/media?limit=1`)];
    pages.push(await owner('GET', `/campaigns/${id}/media?limit=1&cursor=${pages[0]?.body.nextCursor}`));
    expect(pages.map(({ body }) => body)).toMatchObject([
      { items: [first.body] },
      { items: [second], nextCursor: null },
    ]);
    await eventually(
      () => expect(shown()?.media.map((one: { id: number }) => one.id)).toEqual([first.body.id, second.id]),
      {
        within: 5_000,
      },
    );
    expect(await owner('DELETE', `/campaigns/${id}/media/${second.id}`)).toMatchObject({ status: 200, body: second });
    expect(refusalOf(await owner('DELETE', `/campaigns/${id}/media/${second.id}`))).toBe('404 unknown_media');
    await eventually(async () => expect(shown()).toEqual(await read(id)), { within: 5_000 });
  });

  it('are announced whoever changes them, also all at once', async () => {
    const [one, two] = [await liveCampaign(app.url), await liveCampaign(app.url)];
    const watchers = [await watching(one), await watching(two)];
    const sql = (text: string) => app.pool.query(text);
    const equal = () =>
      eventually(
        async () => {
          expect(watchers[0]?.shown()).toEqual(await read(one));
          expect(watchers[1]?.shown()).toEqual(await read(two));
        },
        { within: 5_000 },
      );
    await sql(`insert into campaign_media (campaign_id, media_type, file_url)
               select id, 'image', '/' || n from unnest(array[${one}, ${two}]) id, generate_series(1, 3) n`);
    await equal();
    await sql(`update campaign_media set campaign_id = ${two} where campaign_id = ${one} and file_url = '/2'`);
    await equal();
    expect((await read(two)).media).toHaveLength(4);
    await sql('truncate campaign_media');
    await equal();
    expect((await read(two)).media).toEqual([]);
  });

  it('are a hundred at most', async () => {
    const id = await liveCampaign(app.url);
    await app.pool.query(
      `insert into campaign_media (campaign_id, media_type, file_url) select $1, 'image', '/' || n from generate_series(1, 99) n`,
      [id],
    );
    const replies = await Promise.all([1, 2, 3].map(() => owner('POST', `/campaigns/${id}/media`, image)));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(replies.map(({ body }) => body.code).filter(Boolean)).toEqual(['too_many_media', 'too_many_media']);
  });

  it.each([
    'javascript:alert(1)',
    '//example.org/a.png',
    '/\\example.org',
    'a.png',
    '',
    'data:text/html,x',
    'https://',
  ])('lead nowhere but to the web or to this origin: %j', async (fileUrl) => {
    const id = await liveCampaign(app.url);
    expect(refusalOf(await owner('POST', `/campaigns/${id}/media`, { ...image, fileUrl }))).toBe('400 invalid_body');
  });

  it('are the owner’s to change; nobody reaches another campaign’s', async () => {
    const [id, other] = [await liveCampaign(app.url), await liveCampaign(app.url, { advertiserId: 6 })];
    const { body } = await owner('POST', `/campaigns/${id}/media`, image);
    for (const method of ['GET', 'POST']) {
      const sent = method === 'POST' ? image : undefined;
      expect(refusalOf(await stranger(method, `/campaigns/${id}/media`, sent))).toBe('403 forbidden');
    }
    expect(refusalOf(await stranger('DELETE', `/campaigns/${other}/media/${body.id}`))).toBe('404 unknown_media');
    expect((await read(id)).media).toHaveLength(1);
  });

  it('are added once under a key', async () => {
    const id = await liveCampaign(app.url);
    const add = () => owner('POST', `/campaigns/${id}/media`, image, { 'idempotency-key': `media-${id}` });
    const [first, again] = [await add(), await add()];
    expect(again.body).toEqual(first.body);
    expect((await read(id)).media).toHaveLength(1);
  });
});
