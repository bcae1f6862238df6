import { beforeAll, expect, it } from 'vitest';
import type { CampaignStatus } from '../../server/contract/campaign.ts';
import { type Api, admin, advertiser, apiAs, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { campaignIn, statuses } from './campaign-in.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
const people: Record<string, Api> = {};
const made: { id: number; status: CampaignStatus; advertiserId: number }[] = [];

beforeAll(async () => {
  app = await startApp();
  for (let round = 0; round < 3; round++) {
    for (const status of statuses) {
      const advertiserId = round === 1 ? 6 : 5;
      const id = await campaignIn(app, status);
      await app.pool.query('update campaign_profile set advertiser_id = $2 where id = $1', [id, advertiserId]);
      made.unshift({ id, status, advertiserId });
    }
  }
  people.anybody = apiAs(app.url, null);
  people.user = await user(app.url, 7);
  people.owner = await advertiser(app.url, 5);
  people.landless = apiAs(app.url, await token(7, { roles: ['advertiser'] }));
  people.moderator = apiAs(app.url, await token(8, { roles: ['moderator'] }));
  people.admin = await admin(app.url);
});

const isPublic = ({ status }: { status: CampaignStatus }) => ['live', 'paused', 'ended'].includes(status);
const shown: Record<string, (campaign: (typeof made)[number]) => boolean> = {
  anybody: isPublic,
  user: isPublic,
  landless: isPublic,
  owner: (campaign) => isPublic(campaign) || campaign.advertiserId === 5,
  moderator: () => true,
  admin: () => true,
};

async function listed(as: Api, query: string) {
  const pages: { id: number; status: CampaignStatus; advertiserId: number; createdAt?: string }[][] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body } = await as('GET', `/campaigns?${query}${cursor && `&cursor=${cursor}`}`);
    expect([status, Object.keys(body).sort()]).toEqual([200, ['items', 'nextCursor']]);
    pages.push(body.items);
    cursor = body.nextCursor;
  }
  return pages;
}
const bare = (items: typeof made) => items.map(({ id, status, advertiserId }) => ({ id, status, advertiserId }));

it.each(Object.keys(shown))(
  '%s sees the campaigns they may, newest first, complete over pages of any size',
  async (who) => {
    const expected = made.filter(shown[who] ?? (() => false));
    for (const limit of [1, 4, 9, 100]) {
      const pages = await listed(people[who] as Api, `limit=${limit}`);
      expect(bare(pages.flat())).toEqual(expected);
      expect(pages.map((page) => page.length)).toEqual(
        pages.map((_, n) => Math.min(limit, expected.length - n * limit)),
      );
    }
  },
);

it.each(statuses)('a filter for %s shows those alone, to whom they may be shown', async (status) => {
  for (const [who, as] of Object.entries(people)) {
    const pages = await listed(as, `limit=2&status=${status}`);
    expect(bare(pages.flat())).toEqual(made.filter((campaign) => campaign.status === status && shown[who]?.(campaign)));
  }
});

it('an item is what the campaign’s own address gives, to each what they may see of it', async () => {
  for (const as of Object.values(people)) {
    const [items] = await listed(as, 'limit=100');
    for (const item of items ?? []) expect((await as('GET', `/campaigns/${item.id}`)).body).toEqual(item);
  }
  const [own] = await listed(people.owner as Api, 'limit=100');
  expect(own?.filter((item) => 'createdAt' in item).map(({ advertiserId }) => advertiserId)).toEqual(Array(16).fill(5));
});

it('a campaign made meanwhile is on no later page', async () => {
  const as = people.admin as Api;
  const { body: first } = await as('GET', '/campaigns?limit=10');
  const late = await campaignIn(app, 'live');
  const { body: rest } = await as('GET', `/campaigns?limit=100&cursor=${first.nextCursor}`);
  await app.pool.query('delete from campaign_profile where id = $1', [late]);
  expect(bare([...first.items, ...rest.items])).toEqual(made);
});

it('a filter that is no status is 400', async () => {
  for (const status of ['open', '', 'LIVE']) {
    expect(refusalOf(await (people.admin as Api)('GET', `/campaigns?status=${status}`))).toBe('400 invalid_query');
  }
});
