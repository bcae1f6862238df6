import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { refusalOf } from './refusals.ts';

const none = { likes: 0, shares: 0, comments: 0, saves: 0, bookmarks: 0 };
const nothing = { like: false, save: false, bookmark: false };

let app: TestApp;
let alice: Api;
let bob: Api;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  bob = await user(app.url, 12, 'Bob');
});

const rowsOf = async (id: number, columns: string) =>
  (await app.pool.query(`select ${columns} from campaign_engagement where campaign_id = $1 order by id`, [id])).rows;

describe('reactions', () => {
  it('a like is 201 with the counts and mine; repeated it is 200 and changes nothing', async () => {
    const path = `/campaigns/${await liveCampaign(app.url)}/reactions/like`;
    const first = await alice('PUT', path);
    const liked = { counts: { ...none, likes: 1 }, mine: { ...nothing, like: true } };
    expect([first.status, first.body]).toEqual([201, liked]);
    const again = await alice('PUT', path);
    expect([again.status, again.body]).toEqual([200, liked]);
    const second = await bob('PUT', path);
    expect([second.status, second.body]).toEqual([201, { ...liked, counts: { ...none, likes: 2 } }]);
    const versions = [first, again, second].map(({ headers }) => Number(headers.get('state-version')));
    expect(versions).toEqual([versions[0], versions[0], Number(versions[0]) + 1]);
  });

  it('a like taken back is 200 with what is left, also when nothing was there', async () => {
    const path = `/campaigns/${await liveCampaign(app.url)}/reactions/like`;
    await alice('PUT', path);
    await bob('PUT', path);
    const left = { counts: { ...none, likes: 1 }, mine: nothing };
    for (const _ of [1, 2]) {
      const { status, body } = await alice('DELETE', path);
      expect([status, body]).toEqual([200, left]);
    }
    const liked = await alice('PUT', path);
    expect([liked.status, liked.body.counts]).toEqual([201, { ...none, likes: 2 }]);
  });

  it('fifty likes at once by one user make one row, and exactly one of them hears 201', async () => {
    const id = await liveCampaign(app.url);
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => alice('PUT', `/campaigns/${id}/reactions/like`)),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([...Array(49).fill(200), 201]);
    for (const { body } of replies) {
      expect(body).toEqual({ counts: { ...none, likes: 1 }, mine: { ...nothing, like: true } });
    }
    expect(await rowsOf(id, 'user_id, engagement_type')).toEqual([{ user_id: 11, engagement_type: 'like' }]);
  });

  it('fifty likes at once by fifty users are all counted', async () => {
    const id = await liveCampaign(app.url);
    const users = await Promise.all(Array.from({ length: 50 }, (_, n) => user(app.url, 1_000 + n)));
    const replies = await Promise.all(users.map((as) => as('PUT', `/campaigns/${id}/reactions/like`)));
    expect(replies.map(({ status }) => status)).toEqual(Array(50).fill(201));
    expect((await alice('GET', `/campaigns/${id}/engagement`)).body).toEqual({ ...none, likes: 50, total: 50 });
  });

  it('likes, saves and bookmarks are three things, each once a user', async () => {
    const id = await liveCampaign(app.url);
    for (const type of ['save', 'bookmark', 'save', 'like']) await alice('PUT', `/campaigns/${id}/reactions/${type}`);
    const { body } = await alice('PUT', `/campaigns/${id}/reactions/bookmark`);
    expect(body).toEqual({
      counts: { ...none, likes: 1, saves: 1, bookmarks: 1 },
      mine: { like: true, save: true, bookmark: true },
    });
    const { body: less } = await alice('DELETE', `/campaigns/${id}/reactions/save`);
    expect(less).toEqual({
      counts: { ...none, likes: 1, bookmarks: 1 },
      mine: { like: true, save: false, bookmark: true },
    });
  });

  it('a row carries what the token and the campaign say', async () => {
    const id = await liveCampaign(app.url, { brandId: 77 });
    await alice('PUT', `/campaigns/${id}/reactions/like`);
    expect(await rowsOf(id, 'brand_id, user_id, engagement_type, comment_text, parent_comment_id')).toEqual([
      { brand_id: 77, user_id: 11, engagement_type: 'like', comment_text: null, parent_comment_id: null },
    ]);
  });
});

describe('shares', () => {
  it('every share counts, with a channel or without', async () => {
    const id = await liveCampaign(app.url);
    const bodies = [{ channel: 'mail' }, {}, undefined, { channel: ' chat ' }, { channel: '' }];
    const replies = [];
    for (const body of bodies) replies.push(await alice('POST', `/campaigns/${id}/shares`, body));
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(replies.map(({ body }) => body)).toEqual(
      replies.map(({ body }, n) => ({ id: body.id, counts: { ...none, shares: n + 1 }, mine: nothing })),
    );
    const { rows } = await app.pool.query(
      `select e.id, c.channel from campaign_engagement e left join share_channel c on c.share_id = e.id
       where campaign_id = $1 order by e.id`,
      [id],
    );
    const channels = ['mail', null, null, 'chat', null];
    expect(rows).toEqual(replies.map(({ body }, n) => ({ id: body.id, channel: channels[n] })));
  });

  it('a channel of more than 50 characters, or anything but a channel, is 400', async () => {
    const id = await liveCampaign(app.url);
    for (const body of [{ channel: 'x'.repeat(51) }, { channel: 5 }, { channel: 'mail', to: 'bob' }, [], 'null']) {
      const reply = await alice('POST', `/campaigns/${id}/shares`, body, { 'content-type': 'application/json' });
      expect(refusalOf(reply)).toBe('400 invalid_body');
    }
    expect(await rowsOf(id, 'id')).toEqual([]);
  });
});
