import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { setCommentState } from './campaign-in.ts';
import { refusalOf } from './refusals.ts';
import { somebodyWaits } from './somebody-waits.ts';

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

describe('likes of comments', () => {
  it('answer the comment’s likes and whether one is mine, and are no likes of the campaign', async () => {
    const id = await liveCampaign(app.url);
    const { body: comment } = await alice('POST', `/campaigns/${id}/comments`, { text: 'hello' });
    const like = `/comments/${comment.id}/like`;
    const answers = [];
    for (const [as, method] of [
      [alice, 'PUT'],
      [alice, 'PUT'],
      [bob, 'PUT'],
      [alice, 'DELETE'],
      [alice, 'DELETE'],
    ] as const) {
      const { status, body } = await as(method, like);
      answers.push([status, body]);
    }
    expect(answers).toEqual([
      [201, { likes: 1, mine: true }],
      [200, { likes: 1, mine: true }],
      [201, { likes: 2, mine: true }],
      [200, { likes: 1, mine: false }],
      [200, { likes: 1, mine: false }],
    ]);
    expect((await bob('GET', `/comments/${comment.id}`)).body).toEqual({ ...comment, likes: 1 });
    expect((await bob('GET', `/campaigns/${id}/engagement`)).body).toEqual({ ...none, comments: 1, total: 1 });
    const { body: mine } = await bob('GET', `/campaigns/${id}/engagement/me`);
    expect(mine).toEqual({ ...nothing, shared: false, commented: false });
  });

  it('a comment that is missing or held is 404, one that was removed is 409', async () => {
    const id = await liveCampaign(app.url);
    const { body: comment } = await alice('POST', `/campaigns/${id}/comments`, { text: 'hello' });
    const heard: Record<string, string> = { missing: refusalOf(await bob('PUT', '/comments/999999999/like')) };
    for (const status of ['pending', 'removed']) {
      await setCommentState(app, comment.id, status);
      heard[status] = refusalOf(await bob('PUT', `/comments/${comment.id}/like`));
    }
    expect(heard).toEqual({
      missing: '404 unknown_comment',
      pending: '404 unknown_comment',
      removed: '409 comment_gone',
    });
    expect(await rowsOf(id, 'engagement_type')).toEqual([{ engagement_type: 'comment' }]);
  });

  it('a like that meets the deletion of its comment is 404 and never a failure of ours', async () => {
    const id = await liveCampaign(app.url);
    const { body: comment } = await alice('POST', `/campaigns/${id}/comments`, { text: 'hello' });
    const psql = await app.pool.connect();
    await psql.query('begin');
    await psql.query('delete from campaign_engagement where id = $1', [comment.id]);
    const like = bob('PUT', `/comments/${comment.id}/like`);
    await somebodyWaits(app);
    await psql.query('commit');
    psql.release();
    expect(refusalOf(await like)).toBe('404 unknown_comment');
  });

  it('a like that meets its comment on the way to another campaign is counted there', async () => {
    const [from, to] = [await liveCampaign(app.url), await liveCampaign(app.url)];
    const { body: comment } = await alice('POST', `/campaigns/${from}/comments`, { text: 'hello' });
    const psql = await app.pool.connect();
    await psql.query('begin');
    await psql.query('update campaign_engagement set campaign_id = $2 where id = $1', [comment.id, to]);
    const like = bob('PUT', `/comments/${comment.id}/like`);
    await somebodyWaits(app);
    await psql.query('commit');
    psql.release();
    expect(await like).toMatchObject({ status: 201, body: { likes: 1, mine: true } });
    expect(await rowsOf(to, 'engagement_type')).toEqual([{ engagement_type: 'comment' }, { engagement_type: 'like' }]);
  });
});
