import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { setCommentState } from './campaign-in.ts';
import { refusalOf } from './refusals.ts';

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

interface Item {
  id: number;
}

it('each item brings its first replies, oldest first, when a preview is asked for', async () => {
  const id = await liveCampaign(app.url);
  const first = await write(id, 'first');
  const second = await write(id, 'second');
  const replies: Item[] = [];
  for (let n = 0; n < 12; n++) replies.push(await write(id, `reply ${n}`, first.id));
  for (const [asked, given] of [
    [1, 1],
    [3, 3],
    [999, 10],
  ] as const) {
    const { body } = await anybody('GET', `/campaigns/${id}/comments?previewReplies=${asked}`);
    expect(body.items).toEqual([
      { ...second, replyPreview: [] },
      { ...first, replies: 12, descendants: 12, replyPreview: replies.slice(0, given) },
    ]);
  }
  const { body } = await anybody('GET', `/campaigns/${id}/comments?previewReplies=0`);
  expect(body.items.map((item: object) => 'replyPreview' in item)).toEqual([false, false]);
});

it('what is held or gone is not listed; a tombstone is, as long as replies stand below it', async () => {
  const id = await liveCampaign(app.url);
  const made: Record<string, Item> = {};
  for (const status of ['pending', 'removed', 'rejected', 'approved']) {
    made[status] = await write(id, status);
    made[`${status} with a reply`] = await write(id, `${status} with a reply`);
    await write(id, 'a reply', made[`${status} with a reply`]?.id);
    for (const name of [status, `${status} with a reply`]) await setCommentState(app, made[name]?.id ?? 0, status);
  }
  const { body } = await anybody('GET', `/campaigns/${id}/comments?sort=oldest`);
  const tombstone = { text: null, removed: { by: 'moderator', reason: 'spam' } };
  const listed = (name: string, fields: object) => ({ ...made[name], ...fields });
  const below = { replies: 1, descendants: 1 };
  expect(body.items).toEqual([
    listed('pending with a reply', { status: 'pending', ...below, ...tombstone }),
    listed('removed with a reply', { status: 'removed', ...below, ...tombstone }),
    listed('rejected with a reply', { status: 'rejected', ...below, ...tombstone }),
    listed('approved', { status: 'approved' }),
    listed('approved with a reply', { status: 'approved', ...below }),
  ]);
  for (const name of ['removed', 'rejected']) {
    expect((await anybody('GET', `/comments/${made[name]?.id}`)).body).toEqual(
      listed(name, { status: name, ...tombstone }),
    );
  }
  expect(refusalOf(await anybody('GET', `/comments/${made.pending?.id}`))).toBe('404 unknown_comment');
});
