import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { refusalOf } from './refusals.ts';

interface Item {
  id: number;
  text: string | null;
  likes: number;
  createdAt: string;
}

let app: TestApp;
let alice: Api;
let anybody: Api;
/** Where a list stands, and what it holds: 60 comments on each level, some of them liked. */
const levels: Record<string, { path: string; items: Item[]; parentId: number | undefined; campaignId: number }> = {};

beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  anybody = apiAs(app.url, null);
  const fans = await Promise.all([1, 2, 3, 4].map((n) => user(app.url, 100 + n)));
  for (const name of ['top level', 'replies']) {
    const campaignId = await liveCampaign(app.url);
    const parentId = name === 'replies' ? (await write(campaignId, 'parent')).id : undefined;
    const made = await Promise.all(Array.from({ length: 60 }, (_, n) => write(campaignId, `comment ${n}`, parentId)));
    await Promise.all(
      made.flatMap(({ id }, n) => fans.slice(0, n % 5).map((fan) => fan('PUT', `/comments/${id}/like`))),
    );
    const items = made.map((item, n) => ({ ...item, likes: n % 5 }));
    const path = parentId ? `/comments/${parentId}/replies` : `/campaigns/${campaignId}/comments`;
    levels[name] = { path, items, parentId, campaignId };
  }
});

const write = async (id: number, text: string, parentId?: number) =>
  (await alice('POST', `/campaigns/${id}/comments`, { text, parentId })).body;

const byAge = (a: Item, b: Item) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.id - b.id);
const orders: Record<string, (a: Item, b: Item) => number> = {
  newest: (a, b) => byAge(b, a),
  oldest: byAge,
  top: (a, b) => b.likes - a.likes || byAge(b, a),
};

async function pages(path: string, query: string, between = async () => {}): Promise<Item[][]> {
  const found: Item[][] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body } = await anybody('GET', `${path}?${query}${cursor && `&cursor=${cursor}`}`);
    expect([status, Object.keys(body).sort()]).toEqual([200, ['epoch', 'items', 'nextCursor', 'seq', 'stream']]);
    found.push(body.items);
    cursor = body.nextCursor;
    if (cursor !== null) await between();
  }
  return found;
}

describe.each(['top level', 'replies'])('the %s', (name) => {
  it.each(['newest', 'oldest', 'top'])(
    'by %s is complete, in order and without repeats, over pages of any size',
    async (sort) => {
      const { path, items } = levels[name] as (typeof levels)[string];
      const expected = [...items].sort(orders[sort]);
      for (const limit of [1, 7, 20, 60, 100]) {
        const found = await pages(path, `sort=${sort}&limit=${limit}`);
        expect(found.flat()).toEqual(expected);
        const sizes = Array.from({ length: Math.ceil(60 / limit) }, (_, n) => Math.min(limit, 60 - n * limit));
        expect(found.map((page) => page.length)).toEqual(sizes);
      }
    },
  );

  it('is by newest and twenty a page when nobody says otherwise', async () => {
    const { path, items } = levels[name] as (typeof levels)[string];
    expect((await anybody('GET', path)).body.items).toEqual([...items].sort(orders.newest).slice(0, 20));
  });

  it.each(['newest', 'oldest'])('by %s stays so while new ones arrive between the pages', async (sort) => {
    const { path, items, parentId, campaignId } = levels[name] as (typeof levels)[string];
    const late: Item[] = [];
    const arrive = async () => void late.push(await write(campaignId, `late ${late.length}`, parentId));
    const found = (await pages(path, `sort=${sort}&limit=7`, arrive)).flat();
    await app.pool.query('delete from campaign_engagement where id = any ($1)', [late.map(({ id }) => id)]);
    expect(found.slice(0, 60)).toEqual([...items].sort(orders[sort]));
    expect(found.slice(60)).toEqual(sort === 'oldest' ? late : []);
    expect(late.length).toBeGreaterThan(7);
  });
});

it('a cursor is good for the list and the order that made it, and for nothing else', async () => {
  const [top, below] = [levels['top level'], levels.replies] as [{ path: string }, { path: string }];
  const { nextCursor } = (await anybody('GET', `${top.path}?sort=newest&limit=1`)).body;
  for (const bad of [
    `${top.path}?sort=oldest&cursor=${nextCursor}`,
    `${top.path}?sort=top&cursor=${nextCursor}`,
    `${below.path}?sort=newest&cursor=${nextCursor}`,
  ]) {
    expect(refusalOf(await anybody('GET', bad))).toBe('400 invalid_cursor');
  }
  for (const query of ['sort=best', 'sort=', 'sort=new&sort=top', 'previewReplies=x', 'previewReplies=-1']) {
    expect(refusalOf(await anybody('GET', `${top.path}?${query}`))).toBe('400 invalid_query');
  }
});
