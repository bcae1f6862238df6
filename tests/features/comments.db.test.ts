import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';

let app: TestApp;
let alice: Api;
let anybody: Api;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  anybody = apiAs(app.url, null);
});

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const write = async (id: number, text: string, parentId?: number) =>
  (await alice('POST', `/campaigns/${id}/comments`, { text, parentId })).body;
const read = async (commentId: number) => (await anybody('GET', `/comments/${commentId}`)).body;

describe('a comment', () => {
  it('has exactly the agreed shape, the same when it is made, read, listed and announced', async () => {
    const id = await liveCampaign(app.url);
    const parent = await write(id, 'first');
    const { status, body } = await alice('POST', `/campaigns/${id}/comments`, { text: 'second', parentId: parent.id });
    const expected = {
      id: expect.any(Number),
      campaignId: id,
      parentId: parent.id,
      depth: 1,
      author: { id: 11, name: 'Alice', profileType: null },
      text: 'second',
      status: 'published',
      revision: 1,
      likes: 0,
      replies: 0,
      descendants: 0,
      createdAt: time,
      editedAt: null,
    };
    expect([status, body]).toEqual([201, expected]);
    expect(await read(body.id)).toEqual(body);
    expect((await anybody('GET', `/comments/${parent.id}/replies`)).body.items).toEqual([body]);
    const { body: page } = await anybody('GET', `/campaigns/${id}/comments`);
    expect(page.items).toEqual([{ ...parent, replies: 1, descendants: 1 }]);
    const { rows } = await app.pool.query(
      `select data from live_event where stream = $1 and name = 'comment:created' order by seq`,
      [page.stream],
    );
    expect(rows.map(({ data }) => data)).toEqual([parent, body]);
  });

  it('a page’s seq is the number of events logged, and its stream and epoch are the campaign’s', async () => {
    const id = await liveCampaign(app.url);
    for (let n = 0; n <= 3; n++) {
      const { body } = await anybody('GET', `/campaigns/${id}/comments`);
      const { rows } = await app.pool.query(
        `select s.stream, s.epoch, count(*) as seq, max(e.seq) as last from live_stream s join live_event e using (stream)
         where stream = $1 group by 1, 2`,
        [`campaign:${id}`],
      );
      const { items: _, nextCursor, ...position } = body;
      expect({ ...position, last: position.seq }).toEqual(rows[0]);
      expect([nextCursor, body.items.length]).toEqual([null, n]);
      await write(id, `comment ${n}`);
    }
  });

  it('its author is named as the last token said, for all they wrote; without a name they are a number', async () => {
    const id = await liveCampaign(app.url);
    const as = async (claims: object) => apiAs(app.url, await token(71, claims));
    const post = async (claims: object) => (await as(claims))('POST', `/campaigns/${id}/comments`, { text: 'x' });
    const names = async () => {
      const { body } = await anybody('GET', `/campaigns/${id}/comments`);
      return body.items.map(({ author }: { author: { name: string } }) => author.name);
    };
    expect((await post({})).body.author).toEqual({ id: 71, name: 'user 71', profileType: null });
    expect((await post({ name: 'Ann', profile_type: 'tutor' })).body.author).toEqual({
      id: 71,
      name: 'Ann',
      profileType: 'tutor',
    });
    expect(await names()).toEqual(['Ann', 'Ann']);
    await post({ name: '  Ann 王\u0000 ' });
    await post({ name: 5 });
    expect(await names()).toEqual(Array(4).fill('Ann 王'));
  });

  it('counts direct replies and all below exactly, thirty levels deep', async () => {
    const id = await liveCampaign(app.url);
    const chain = [await write(id, 'root')];
    for (let depth = 1; depth <= 30; depth++) chain.push(await write(id, `level ${depth}`, chain.at(-1).id));
    const side = await write(id, 'beside', chain[10].id);
    await write(id, 'below it', side.id);
    const found = await Promise.all(chain.map(({ id: commentId }) => read(commentId)));
    expect(found.map(({ depth, replies, descendants }) => ({ depth, replies, descendants }))).toEqual(
      chain.map((_, depth) => ({
        depth,
        replies: depth === 30 ? 0 : depth === 10 ? 2 : 1,
        descendants: 30 - depth + (depth <= 10 ? 2 : 0),
      })),
    );
    expect((await anybody('GET', `/campaigns/${id}/engagement`)).body).toMatchObject({ comments: 33, total: 33 });
  });
});
