import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let bob: Api;
beforeAll(async () => {
  app = await startApp();
  bob = await user(app.url, 12, 'Bob');
});

interface Done {
  id: number;
  type: string;
  campaignId: number;
  commentId: number | null;
  createdAt: string;
}

/** A user who did each thing there is, twice: on two campaigns. What they did, newest first. */
async function busyUser(userId: number) {
  const as = await user(app.url, userId);
  const done: Omit<Done, 'id' | 'createdAt'>[] = [];
  const campaigns = [await liveCampaign(app.url), await liveCampaign(app.url)];
  for (const campaignId of campaigns) {
    const { body: other } = await bob('POST', `/campaigns/${campaignId}/comments`, { text: 'of somebody else' });
    for (const type of ['like', 'save', 'bookmark']) {
      await as('PUT', `/campaigns/${campaignId}/reactions/${type}`);
      done.unshift({ type, campaignId, commentId: null });
    }
    await as('POST', `/campaigns/${campaignId}/shares`, {});
    done.unshift({ type: 'share', campaignId, commentId: null });
    const { body: reply } = await as('POST', `/campaigns/${campaignId}/comments`, { text: 'hi', parentId: other.id });
    done.unshift({ type: 'comment', campaignId, commentId: reply.id });
    await as('PUT', `/comments/${other.id}/like`);
    done.unshift({ type: 'like', campaignId, commentId: other.id });
  }
  return { as, done, campaigns };
}

async function pages(as: Api, query: string): Promise<Done[][]> {
  const found: Done[][] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body } = await as('GET', `/me/engagement?${query}${cursor && `&cursor=${cursor}`}`);
    expect([status, Object.keys(body).sort()]).toEqual([200, ['items', 'nextCursor']]);
    found.push(body.items);
    cursor = body.nextCursor;
  }
  return found;
}

const bare = (items: Done[]) => items.map(({ id: _, createdAt: __, ...item }) => item);

it('a campaign’s counts and my part in them tell likes of the campaign from likes of its comments', async () => {
  const { as, campaigns } = await busyUser(41);
  const id = campaigns[0];
  const counts = { likes: 1, shares: 1, comments: 2, saves: 1, bookmarks: 1 };
  expect((await apiAs(app.url, null)('GET', `/campaigns/${id}/engagement`)).body).toEqual({ ...counts, total: 6 });
  const path = `/campaigns/${id}/engagement/me`;
  expect((await as('GET', path)).body).toEqual({
    like: true,
    save: true,
    bookmark: true,
    shared: true,
    commented: true,
  });
  const nobody = { like: false, save: false, bookmark: false, shared: false, commented: false };
  expect((await bob('GET', path)).body).toEqual({ ...nobody, commented: true });
  expect((await (await user(app.url, 49))('GET', path)).body).toEqual(nobody);
});

it('what I did is a list, newest first, whose pages are complete and without repeats', async () => {
  const { as, done } = await busyUser(42);
  const whole = (await pages(as, 'limit=100')).flat();
  expect(bare(whole)).toEqual(done);
  const times = whole.map(({ createdAt }) => createdAt);
  expect(times).toEqual([...times].sort().reverse());
  for (const createdAt of times) expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  for (const [limit, sizes] of [
    [1, Array(12).fill(1)],
    [5, [5, 5, 2]],
    [6, [6, 6]],
    [12, [12]],
  ] as const) {
    const found = await pages(as, `limit=${limit}`);
    expect(found.map((page) => page.length)).toEqual(sizes);
    expect(found.flat()).toEqual(whole);
  }
});

it('what I do meanwhile is not on the later pages', async () => {
  const { as, done, campaigns } = await busyUser(43);
  const { body: first } = await as('GET', '/me/engagement?limit=4');
  await as('POST', `/campaigns/${campaigns[0]}/shares`, {});
  const { body: rest } = await as('GET', `/me/engagement?limit=100&cursor=${first.nextCursor}`);
  expect(bare([...first.items, ...rest.items])).toEqual(done);
});

it('the list of one campaign holds that campaign alone', async () => {
  const { as, done, campaigns } = await busyUser(44);
  for (const campaignId of campaigns) {
    const found = (await pages(as, `campaignId=${campaignId}&limit=4`)).flat();
    expect(bare(found)).toEqual(done.filter((item) => item.campaignId === campaignId));
  }
  for (const bad of ['0', 'abc', '-1', '9007199254740992', '1e3']) {
    expect(refusalOf(await as('GET', `/me/engagement?campaignId=${bad}`))).toBe('400 invalid_query');
  }
});

it('what was taken back is no longer on the list', async () => {
  const { as, done, campaigns } = await busyUser(45);
  await as('DELETE', `/campaigns/${campaigns[0]}/reactions/like`);
  const left = done.filter(
    ({ type, campaignId, commentId }) => !(type === 'like' && campaignId === campaigns[0] && commentId === null),
  );
  expect(bare((await pages(as, 'limit=100')).flat())).toEqual(left);
});
