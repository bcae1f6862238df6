import { beforeAll, expect, it } from 'vitest';
import { type Api, admin, advertiser, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { verdicts } from './refusals.ts';

let app: TestApp;
let moderator: Api;
beforeAll(async () => {
  app = await startApp();
  moderator = apiAs(app.url, await token(1, { roles: ['moderator'] }));
});

interface Item {
  id: number;
  descendants: number;
}

/** Everything a reader could see, level by level. */
async function readThread(campaignId: number, query: string): Promise<Item[]> {
  const read = async (path: string): Promise<Item[]> => {
    const { body } = await moderator('GET', `${path}?sort=oldest&limit=100${query}`);
    const below = await Promise.all(
      body.items.map(async (item: Item) => (item.descendants > 0 ? read(`/comments/${item.id}/replies`) : [])),
    );
    return body.items.flatMap((item: Item, place: number) => [item, ...below[place]]);
  };
  return read(`/campaigns/${campaignId}/comments`);
}

it('the thread of any moment is the thread that was read at that moment', async () => {
  const campaignId = await liveCampaign(app.url);
  const people = await Promise.all([11, 12, 13].map((id) => user(app.url, id, `Person ${id}`)));
  const made: { id: number; as: Api; revision: number }[] = [];
  const seen: { at: string; thread: Item[] }[] = [];
  let random = 7;
  const pick = (count: number) => {
    random = (random * 48_271) % 2_147_483_647;
    return random % count;
  };
  for (let step = 0; step < 60; step++) {
    const as = people[pick(3)] as Api;
    const target = made[pick(Math.max(made.length, 1))];
    const kind = made.length < 4 ? 0 : pick(7);
    if (kind <= 1 || !target) {
      const { status, body } = await as('POST', `/campaigns/${campaignId}/comments`, {
        text: `step ${step}, for @Person 12`,
        parentId: kind === 1 ? target?.id : undefined,
      });
      if (status === 201) made.push({ id: body.id, as, revision: 1 });
    } else if (kind === 2) {
      const { status } = await target.as('PATCH', `/comments/${target.id}`, {
        text: `edited ${step}`,
        revision: target.revision,
      });
      if (status === 200) target.revision++;
    } else if (kind === 3 && step % 3 === 0) await target.as('DELETE', `/comments/${target.id}`);
    else if (kind === 4) {
      await app.pool.query(
        `insert into comment_state as s (comment_id, campaign_id, status, removed_by, removed_reason)
         values ($1, $2, $3, 'moderator', 'spam')
         on conflict (comment_id) do update set status = excluded.status, removed_by = 'moderator', removed_reason = 'spam'`,
        [target.id, campaignId, ['pending', 'rejected', 'approved', 'published'][pick(4)]],
      );
    } else await as(pick(3) ? 'PUT' : 'DELETE', `/comments/${target.id}/like`);
    const { rows } = await app.pool.query<{ at: string }>('select iso(clock_timestamp()) as at');
    seen.push({ at: rows[0]?.at ?? '', thread: await readThread(campaignId, '') });
  }
  expect(new Set(seen.map(({ thread }) => JSON.stringify(thread))).size).toBeGreaterThan(30);
  for (const { at, thread } of seen) expect(await readThread(campaignId, `&at=${at}`)).toEqual(thread);
  const preview = async (query: string) =>
    (await moderator('GET', `/campaigns/${campaignId}/comments?previewReplies=2&limit=100${query}`)).body.items;
  expect(await preview(`&at=${seen.at(-1)?.at}`)).toEqual(await preview(''));
  expect(await readThread(campaignId, '&at=2020-01-01T00:00:00Z')).toEqual([]);
});

it.each(['newest', 'oldest', 'top'])('%s pages by keyset in the past as in the present', async (sort) => {
  const campaignId = await liveCampaign(app.url);
  const as = await user(app.url, 11);
  for (let n = 0; n < 7; n++) {
    const { body } = await as('POST', `/campaigns/${campaignId}/comments`, { text: `${n}` });
    if (n % 3 === 0) await as('PUT', `/comments/${body.id}/like`);
  }
  const path = `/campaigns/${campaignId}/comments?sort=${sort}`;
  const now = (await moderator('GET', path)).body;
  const { rows } = await app.pool.query<{ at: string }>('select iso(clock_timestamp()) as at');
  const at = `&at=${rows[0]?.at}`;
  await as('POST', `/campaigns/${campaignId}/comments`, { text: 'later' });
  const first = (await moderator('GET', `${path}&limit=4${at}`)).body;
  const second = (await moderator('GET', `${path}&limit=4${at}&cursor=${first.nextCursor}`)).body;
  expect([...first.items, ...second.items]).toEqual(now.items);
  expect(second.nextCursor).toBeNull();
  expect(first).toMatchObject({ stream: now.stream, epoch: now.epoch, seq: now.seq });
});

it('a cursor is of one list: of a campaign, an order and a moment', async () => {
  const [id, other] = [await liveCampaign(app.url), await liveCampaign(app.url)];
  const as = await user(app.url, 11);
  for (let n = 0; n < 3; n++) await as('POST', `/campaigns/${id}/comments`, { text: `${n}` });
  const { nextCursor } = (await moderator('GET', `/campaigns/${id}/comments?limit=1`)).body;
  const at = (await app.pool.query<{ at: string }>('select iso(clock_timestamp()) as at')).rows[0]?.at;
  const past = (await moderator('GET', `/campaigns/${id}/comments?limit=1&at=${at}`)).body.nextCursor;
  const read = (path: string, cursor: string) => () => moderator('GET', `${path}&cursor=${cursor}`);
  expect(
    await verdicts({
      own: read(`/campaigns/${id}/comments?limit=1`, nextCursor),
      'its own moment': read(`/campaigns/${id}/comments?at=${at}`, past),
      'another campaign': read(`/campaigns/${other}/comments?limit=1`, nextCursor),
      'another order': read(`/campaigns/${id}/comments?sort=top`, nextCursor),
      'the past': read(`/campaigns/${id}/comments?at=${at}`, nextCursor),
      'the present': read(`/campaigns/${id}/comments?limit=1`, past),
    }),
  ).toEqual({
    own: '200',
    'its own moment': '200',
    'another campaign': '400 invalid_cursor',
    'another order': '400 invalid_cursor',
    'the past': '400 invalid_cursor',
    'the present': '400 invalid_cursor',
  });
});

it('the past is for moderators and the owner', async () => {
  const id = await liveCampaign(app.url);
  const path = `/campaigns/${id}/comments?at=2026-01-01T00:00:00Z`;
  expect(
    await verdicts({
      moderator: () => moderator('GET', path),
      owner: async () => (await advertiser(app.url, 5))('GET', path),
      admin: async () => (await admin(app.url))('GET', path),
      user: async () => (await user(app.url, 11))('GET', path),
      'another advertiser': async () => (await advertiser(app.url, 6))('GET', path),
      stranger: () => apiAs(app.url, null)('GET', path),
      'no time': () => moderator('GET', `/campaigns/${id}/comments?at=yesterday`),
      'no time of PostgreSQL': () => moderator('GET', `/campaigns/${id}/comments?at=0000-01-01T00:00:00Z`),
      'no offset of PostgreSQL': () => moderator('GET', `/campaigns/${id}/comments?at=2026-01-01T00:00:00-16:00`),
      'no time, of a user': async () => (await user(app.url, 11))('GET', `/campaigns/${id}/comments?at=yesterday`),
      'no time, of a stranger': () => apiAs(app.url, null)('GET', `/campaigns/${id}/comments?at=yesterday`),
    }),
  ).toEqual({
    moderator: '200',
    owner: '200',
    admin: '200',
    user: '403 forbidden',
    'another advertiser': '403 forbidden',
    stranger: '401 unauthenticated',
    'no time': '400 invalid_query',
    'no time of PostgreSQL': '400 invalid_query',
    'no offset of PostgreSQL': '400 invalid_query',
    'no time, of a user': '403 forbidden',
    'no time, of a stranger': '401 unauthenticated',
  });
});
