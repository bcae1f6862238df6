import { describe, expect, it } from 'vitest';
import { createApi } from './api.ts';
import { Editor } from './changing.ts';
import { Poster } from './posting.ts';
import { Reactor } from './reacting.ts';
import type { ThreadAccess } from './reading.ts';
import { recall } from './storage.ts';
import { commentOf } from './testing/builders.ts';
import { type Canned, createFakeServer, problem } from './testing/fake-server.ts';
import { started } from './testing/thread.ts';
import { reduce } from './thread/reduce.ts';
import { reactionOf } from './thread/select.ts';

function setUp() {
  const server = createFakeServer();
  const failures: unknown[] = [];
  let state = started(commentOf(1));
  const thread: ThreadAccess = {
    campaignId: Math.ceil(Math.random() * 1e9),
    api: createApi(server.http),
    get: () => state,
    dispatch: (message) => {
      const outcome = reduce(state, message);
      state = outcome.state;
      return outcome.verdict;
    },
  };
  return { server, thread, failures, onFailure: (error: unknown) => failures.push(error) };
}

const counts = { likes: 0, shares: 0, comments: 0, saves: 0, bookmarks: 0 };
let version = 10;
const liked = (likes: number, like: boolean): Canned => ({
  status: 200,
  body: { counts: { ...counts, likes }, mine: { like, save: false, bookmark: false } },
  headers: { 'state-version': String(version++) },
});

describe('a reaction', () => {
  it('is on the glass before it is answered, and then as the server says', async () => {
    const { server, thread, onFailure } = setUp();
    server.answer = () => liked(5, true);
    new Reactor(thread, onFailure).toggle('like');
    expect(reactionOf(thread.get(), 'like')).toEqual({ on: true, count: 1 });
    await server.clock.pass(0);
    expect(reactionOf(thread.get(), 'like')).toEqual({ on: true, count: 5 });
    expect(thread.get().intents.size).toBe(0);
  });

  it('that is taken back at once sends both acts one after the other, each with its own key', async () => {
    const { server, thread, onFailure } = setUp();
    const reactor = new Reactor(thread, onFailure);
    server.answer = ({ method }) => (method === 'PUT' ? liked(1, true) : liked(0, false));
    reactor.toggle('like');
    reactor.toggle('like');
    reactor.toggle('like');
    reactor.toggle('like');
    await server.clock.pass(0);
    expect(server.calls.map(({ method }) => method)).toEqual(['PUT', 'DELETE']);
    expect(new Set(server.calls.map(({ key }) => key)).size).toBe(2);
    expect(reactionOf(thread.get(), 'like')).toEqual({ on: false, count: 0 });
  });

  it('that the server refuses is taken back and told', async () => {
    const { server, thread, failures, onFailure } = setUp();
    server.answer = () => problem(409, 'campaign_closed');
    new Reactor(thread, onFailure).toggle('comment:1');
    expect(reactionOf(thread.get(), 'comment:1')).toEqual({ on: true, count: 1 });
    await server.clock.pass(0);
    expect(reactionOf(thread.get(), 'comment:1')).toEqual({ on: false, count: 0 });
    expect(failures).toMatchObject([{ problem: { code: 'campaign_closed' } }]);
  });
});

describe('a post', () => {
  const own = commentOf(5, { text: 'Hello' });

  it('that got no answer is kept, and sent again with its key when the connection is back', async () => {
    const { server, thread } = setUp();
    const poster = new Poster(thread);
    const posted = poster.post('Hello', null);
    await server.clock.pass(60_000);
    expect(await posted).toBe(false);
    expect(thread.get().outbox).toMatchObject([{ status: 'failed', text: 'Hello' }]);
    server.answer = () => ({ status: 201, body: own });
    poster.resume();
    await server.clock.pass(0);
    expect(thread.get().outbox).toEqual([]);
    expect(thread.get().top.ids).toEqual([5, 1]);
    expect(new Set(server.calls.map(({ key }) => key)).size).toBe(1);
  });

  it('that was not confirmed outlives the page', async () => {
    const { server, thread } = setUp();
    void new Poster(thread).post('Hello', 1);
    expect(recall(`outbox:${thread.campaignId}`)).toContain('Hello');
    thread.dispatch({ kind: 'discarded', key: thread.get().outbox[0]?.key ?? '' });
    server.answer = () => ({ status: 201, body: { ...own, parentId: 1, depth: 1 } });
    new Poster(thread).restore();
    await server.clock.pass(0);
    expect(new Set(server.calls.map(({ key }) => key)).size).toBe(1);
    expect(thread.get().branches.get(1)?.ids).toEqual([5]);
    expect(recall(`outbox:${thread.campaignId}`)).toBeNull();
  });

  it('that is refused is not sent again by itself', async () => {
    const { server, thread } = setUp();
    server.answer = () => problem(409, 'parent_gone');
    const poster = new Poster(thread);
    void poster.post('Hello', 1);
    await server.clock.pass(0);
    poster.resume();
    await server.clock.pass(60_000);
    expect(server.calls).toHaveLength(1);
    expect(thread.get().outbox).toMatchObject([{ status: 'failed', code: 'parent_gone' }]);
  });

  it('that a rule holds says so', async () => {
    const { server, thread } = setUp();
    server.answer = () => ({ status: 202, body: { id: 9, status: 'pending', reason: 'links' } });
    void new Poster(thread).post('Hello', null);
    await server.clock.pass(0);
    expect(thread.get().outbox).toMatchObject([{ status: 'in review', code: 'links' }]);
  });
});

describe('an edit', () => {
  const edited = commentOf(1, { text: 'second', revision: 2, editedAt: '2026-11-22T12:00:01.000Z' });
  const at = (seq: number, epoch = 'e1') => ({
    'stream-position': `stream="campaign:1", epoch="${epoch}", seq=${seq}`,
  });
  const event = (seq: number, data = edited) =>
    ({
      kind: 'log',
      hold: false,
      frame: { name: 'comment:edited', stream: 'campaign:1', epoch: 'e1', seq, at: '', data },
    }) as const;
  const text = (thread: ThreadAccess) => thread.get().comments.get(1)?.comment.text;

  it.each(['the answer', 'the event'])('is on the glass once, whichever is first: %s', async (first) => {
    const { server, thread } = setUp();
    const next = (thread.get().position?.seq ?? 0) + 1;
    server.answer = () => ({ status: 200, body: edited, headers: at(next) });
    if (first === 'the event') thread.dispatch(event(next));
    const changing = new Editor(thread).edit({ id: 1, revision: 1 }, 'second');
    await server.clock.pass(0);
    expect(await changing).toBeNull();
    expect(text(thread)).toBe('second');
    const shown = thread.get().comments.get(1);
    if (first === 'the answer') expect(thread.dispatch(event(next))).toBe('applied');
    expect(thread.get().comments.get(1)).toBe(shown);
    expect(server.calls).toMatchObject([
      { method: 'PATCH', path: '/comments/1', body: { text: 'second', revision: 1 } },
    ]);
  });

  it('that comes late does not undo a later one, nor one of another epoch', async () => {
    const { server, thread } = setUp();
    const next = (thread.get().position?.seq ?? 0) + 1;
    thread.dispatch(event(next));
    thread.dispatch(event(next + 1, { ...edited, text: 'third', revision: 3 }));
    for (const headers of [at(next), at(next + 9, 'e0')]) {
      server.answer = () => ({ status: 200, body: edited, headers });
      void new Editor(thread).edit({ id: 1, revision: 1 }, 'second');
      await server.clock.pass(0);
      expect(text(thread)).toBe('third');
    }
  });

  it('that is refused says why and changes nothing', async () => {
    const { server, thread } = setUp();
    server.answer = () => problem(409, 'stale_revision');
    const before = thread.get();
    const changing = new Editor(thread).edit({ id: 1, revision: 1 }, 'second');
    await server.clock.pass(0);
    expect(await changing).toBe('stale_revision');
    expect(thread.get()).toBe(before);
  });
});

describe('a removal', () => {
  it('leaves nothing that counts replies which are gone too', async () => {
    const { server, thread } = setUp();
    const seq = (thread.get().position?.seq ?? 0) + 1;
    const frame = { name: 'comment:counters', stream: 'campaign:1', version: 9, seq: seq - 1, at: '' } as const;
    const data = { campaignId: 1, commentId: 1, likes: 2, replies: 1, descendants: 3 };
    thread.dispatch({ kind: 'state', frame: { ...frame, data } });
    const tombstone = commentOf(1, { text: null, status: 'removed', removed: { by: 'author', reason: null } });
    server.answer = () => ({
      status: 200,
      body: tombstone,
      headers: { 'stream-position': `stream="campaign:1", epoch="e1", seq=${seq}` },
    });
    const changing = new Editor(thread).remove({ id: 1 });
    await server.clock.pass(0);
    expect(await changing).toBeNull();
    expect(thread.get().comments.get(1)?.comment.text).toBeNull();
    expect(thread.get().tallies.get(1)).toMatchObject({
      likes: { value: 2 },
      replies: { value: 0 },
      descendants: { value: 0 },
    });
  });
});
