import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { setCommentState } from './campaign-in.ts';
import { refusalOf, verdictOf } from './refusals.ts';

let app: TestApp;
let alice: Api;
let anybody: Api;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  anybody = apiAs(app.url, null);
});

const write = async (id: number, text: string, parentId?: number) =>
  (await alice('POST', `/campaigns/${id}/comments`, { text, parentId })).body;
const read = async (commentId: number) => (await anybody('GET', `/comments/${commentId}`)).body;

describe('a reply', () => {
  it('has a parent in this campaign that is a comment and still there', async () => {
    const [id, other] = [await liveCampaign(app.url), await liveCampaign(app.url)];
    const foreign = await write(other, 'elsewhere');
    const parents: Record<string, number> = { missing: 999_999_999, foreign: foreign.id };
    for (const status of ['removed', 'rejected', 'pending']) {
      const top = await write(id, status);
      const below = await write(id, `below ${status}`, (await write(id, `under ${status}`, top.id)).id);
      await setCommentState(app, top.id, status);
      parents[status] = top.id;
      parents[`below ${status}`] = below.id;
    }
    const liked = await write(id, 'liked');
    await alice('PUT', `/comments/${liked.id}/like`);
    const { rows } = await app.pool.query('select id from campaign_engagement where parent_comment_id = $1', [
      liked.id,
    ]);
    parents['a like'] = rows[0].id;

    const heard: Record<string, string> = {};
    for (const [name, parentId] of Object.entries(parents)) {
      heard[name] = verdictOf(await alice('POST', `/campaigns/${id}/comments`, { text: 'x', parentId }));
    }
    const gone = '409 parent_gone';
    expect(heard).toEqual({
      ...{ missing: '404 unknown_parent', foreign: '404 unknown_parent', 'a like': '404 unknown_parent' },
      ...{ removed: gone, rejected: gone, pending: gone },
      ...{ 'below removed': gone, 'below rejected': gone, 'below pending': gone },
    });
    for (const parentId of [0, -1, 1.5, 'x', 2 ** 53, [1]]) {
      const reply = await alice('POST', `/campaigns/${id}/comments`, { text: 'x', parentId });
      expect(refusalOf(reply)).toBe('400 invalid_body');
    }
    const top = await alice('POST', `/campaigns/${id}/comments`, { text: 'x', parentId: null });
    expect([top.status, top.body.parentId]).toEqual([201, null]);
  });

  it('that is bad does not harm its neighbours in the same batch', async () => {
    const id = await liveCampaign(app.url);
    const foreign = await write(await liveCampaign(app.url), 'elsewhere');
    const gone = await write(id, 'gone');
    await setCommentState(app, gone.id, 'removed');
    const good = await write(id, 'good');
    const parents = [undefined, 999_999_999, good.id, foreign.id, undefined, gone.id];
    const verdicts = ['201', '404 unknown_parent', '201', '404 unknown_parent', '201', '409 parent_gone'];
    const replies = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        alice('POST', `/campaigns/${id}/comments`, { text: `number ${n}`, parentId: parents[n % 6] }),
      ),
    );
    expect(replies.map(verdictOf)).toEqual(Array.from({ length: 60 }, (_, n) => verdicts[n % 6]));
    const texts = replies.flatMap(({ status }, n) => (status === 201 ? [`number ${n}`] : []));
    const { rows } = await app.pool.query(
      `select comment_text as text from campaign_engagement where campaign_id = $1 and comment_text like 'number %'`,
      [id],
    );
    expect(rows.map(({ text }) => text).sort()).toEqual(texts.sort());
    expect(await read(good.id)).toEqual({ ...good, replies: 10, descendants: 10 });
  });
});
