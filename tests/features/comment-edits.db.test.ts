import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { setCommentState } from './campaign-in.ts';
import { refusalOf, verdicts } from './refusals.ts';

let app: TestApp;
let alice: Api;
let bob: Api;
let moderator: Api;
let campaignId: number;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  bob = await user(app.url, 12, 'Bob');
  moderator = apiAs(app.url, await token(1, { roles: ['moderator'] }));
  campaignId = await liveCampaign(app.url);
});

const write = async (text = 'first', parentId?: number) =>
  (await alice('POST', `/campaigns/${campaignId}/comments`, { text, parentId })).body;
const events = async (id: number) =>
  (
    await app.pool.query<{ name: string; data: object }>(
      `select name, data from live_event where stream = campaign_stream($1) and (data->>'id')::bigint = $2 order by seq`,
      [campaignId, id],
    )
  ).rows;

it('an edit is the next revision, announced as HTTP answers it', async () => {
  const made = await write();
  const { status, body, headers } = await alice('PATCH', `/comments/${made.id}`, { text: ' second\t', revision: 1 });
  expect(status).toBe(200);
  expect(body).toEqual({ ...made, text: 'second', revision: 2, editedAt: expect.any(String) });
  expect((await events(made.id)).at(-1)).toEqual({ name: 'comment:edited', data: body });
  expect((await bob('GET', `/comments/${made.id}`)).body).toEqual(body);
  expect(headers.get('stream-position')).toMatch(/^stream="campaign:\d+", epoch="[0-9a-f]{32}", seq=\d+$/);
});

it('every wording is kept for moderators, and for nobody else', async () => {
  const made = await write('one');
  await alice('PATCH', `/comments/${made.id}`, { text: 'two', revision: 1 });
  await app.pool.query(`update campaign_engagement set comment_text = 'three' where id = $1`, [made.id]); // by psql
  const { body } = await moderator('GET', `/comments/${made.id}/revisions`);
  expect(body.items.map(({ revision, text }: { revision: number; text: string }) => [revision, text])).toEqual([
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
  ]);
  expect(body.items[0].writtenAt).toBe(made.createdAt);
  expect(body.items[0].replacedAt).toBe(body.items[1].writtenAt);
  expect(body.items[2].replacedAt).toBeNull();
  expect(
    await verdicts({
      author: () => alice('GET', `/comments/${made.id}/revisions`),
      stranger: () => apiAs(app.url, null)('GET', `/comments/${made.id}/revisions`),
      unknown: () => moderator('GET', '/comments/999999/revisions'),
    }),
  ).toEqual({ author: '403 forbidden', stranger: '401 unauthenticated', unknown: '404 unknown_comment' });
});

it('of two edits of one revision one wins, and the other hears what revision there is', async () => {
  const made = await write();
  const edits = await Promise.all(
    ['a', 'b', 'c', 'd'].map((text) => alice('PATCH', `/comments/${made.id}`, { text, revision: 1 })),
  );
  expect(edits.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  const stale = edits.filter(({ status }) => status === 409);
  expect(stale.map(refusalOf)).toEqual(Array(3).fill('409 stale_revision'));
  expect(stale[0]?.body.detail).toContain('revision 2');
  const winner = edits.find(({ status }) => status === 200)?.body;
  expect((await alice('GET', `/comments/${made.id}`)).body).toEqual(winner);
});

it('the same text again is no revision', async () => {
  const made = await write('same');
  expect((await alice('PATCH', `/comments/${made.id}`, { text: ' same ', revision: 1 })).body).toEqual(made);
  expect(await events(made.id)).toHaveLength(1);
});

it('ten edits at once with one key are one edit and ten equal answers; another body is refused', async () => {
  const made = await write();
  const key = { 'idempotency-key': 'edit-1' };
  const edit = (text: string) => alice('PATCH', `/comments/${made.id}`, { text, revision: 1 }, key);
  const answers = await Promise.all(Array.from({ length: 10 }, () => edit('second')));
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body).toEqual(answers[0]?.body);
  }
  expect(answers[0]?.body.revision).toBe(2);
  expect(refusalOf(await edit('third'))).toBe('422 idempotency_mismatch');
});

it('only its author edits a comment, while the window is open and the comment is shown', async () => {
  const [fresh, old, removed, held] = [await write(), await write(), await write(), await write()];
  await app.pool.query(
    `update campaign_engagement set created_at = now() - interval '5 minutes 1 second' where id = $1`,
    [old.id],
  );
  await setCommentState(app, removed.id, 'removed');
  await setCommentState(app, held.id, 'pending');
  const edit = (as: Api, id: number, body: object = { text: 'x', revision: 1 }) => as('PATCH', `/comments/${id}`, body);
  expect(
    await verdicts({
      stranger: () => edit(apiAs(app.url, null), fresh.id),
      another: () => edit(bob, fresh.id),
      'another, with a bad body': () => edit(bob, fresh.id, {}),
      'a moderator': () => edit(moderator, fresh.id),
      late: () => edit(alice, old.id),
      removed: () => edit(alice, removed.id),
      'held, of another': () => edit(bob, held.id),
      held: () => edit(alice, held.id),
      'held, with a bad body': () => edit(alice, held.id, { text: '' }),
      unknown: () => edit(alice, 999_999),
      'no revision': () => edit(alice, fresh.id, { text: 'x' }),
      empty: () => edit(alice, fresh.id, { text: ' ', revision: 1 }),
      'too long': () => edit(alice, fresh.id, { text: 'x'.repeat(5_001), revision: 1 }),
      'no id': () => alice('PATCH', '/comments/x', { text: 'x', revision: 1 }),
    }),
  ).toEqual({
    stranger: '401 unauthenticated',
    another: '403 forbidden',
    'another, with a bad body': '403 forbidden',
    'a moderator': '403 forbidden',
    late: '409 edit_window_closed',
    removed: '409 comment_gone',
    'held, of another': '404 unknown_comment',
    held: '200',
    'held, with a bad body': '400 invalid_body',
    unknown: '404 unknown_comment',
    'no revision': '400 invalid_body',
    empty: '400 invalid_body',
    'too long': '400 invalid_body',
    'no id': '400 invalid_id',
  });
  expect((await alice('GET', `/comments/${fresh.id}`)).body).toEqual(fresh);
});

it('in a campaign that ended nothing is edited any more, but what one wrote can be taken back', async () => {
  const ended = await liveCampaign(app.url);
  const { body: made } = await alice('POST', `/campaigns/${ended}/comments`, { text: 'first' });
  await app.pool.query('update campaign_profile set ended_at = now() where id = $1', [ended]);
  expect(
    await verdicts({
      edit: () => alice('PATCH', `/comments/${made.id}`, { text: 'x', revision: 1 }),
      remove: () => alice('DELETE', `/comments/${made.id}`),
    }),
  ).toEqual({ edit: '409 campaign_closed', remove: '200' });
  await app.pool.query(`update campaign_profile set cancellation_reason = 'x' where id = $1`, [ended]);
  expect(await verdicts({ remove: () => alice('DELETE', `/comments/${made.id}`) })).toEqual({
    remove: '404 unknown_comment',
  });
});

it('the window is what the configuration says', async () => {
  const strict = await startApp({ EDIT_WINDOW_SECONDS: '0' });
  const as = await user(strict.url, 11);
  const id = await liveCampaign(strict.url);
  const { body } = await as('POST', `/campaigns/${id}/comments`, { text: 'first' });
  expect(refusalOf(await as('PATCH', `/comments/${body.id}`, { text: 'x', revision: 1 }))).toBe(
    '409 edit_window_closed',
  );
});
