import { expect, test } from 'vitest';
import type { LogFrame, StateFrame, SubscribeAnswer } from '../../contract/live.ts';
import { StreamState } from './stream-state.ts';

const stream = 'campaign:1';
const at = '2026-01-01T00:00:00.000000Z';

function created(seq: number, likes = 0): LogFrame {
  const author = { id: 9, name: 'Ann', profileType: null };
  const counts = { likes, replies: 0, descendants: 0 };
  const rest = { depth: 0, text: 'hi', status: 'published', revision: 1, createdAt: at, editedAt: null } as const;
  const data = { id: seq * 10, campaignId: 1, parentId: null, author, ...rest, ...counts };
  return { name: 'comment:created', stream, epoch: 'e', seq, at, data };
}

function counters(commentId: number, version: number, { likes = 0, seq = 0 }): StateFrame {
  const data = { campaignId: 1, commentId, likes, replies: 0, descendants: 0 };
  return { name: 'comment:counters', stream, version, seq, at, data };
}

const answer = (seq: number, events: LogFrame[], more: Partial<SubscribeAnswer> = {}): SubscribeAnswer => ({
  ok: true,
  stream,
  epoch: 'e',
  seq,
  mode: events.length > 0 ? 'replayed' : 'live',
  events,
  state: [],
  ...more,
});

/** Subscribed, with two comments. */
function subscribed(): StreamState {
  const state = new StreamState(stream);
  state.request();
  expect(state.onAnswer(answer(2, [created(1), created(2)]))).toBe(true);
  return state;
}

test('it asks for the start first, and for its position later', () => {
  const state = new StreamState(stream);
  expect(state.request()).toEqual({ stream, seq: 0 });
  state.onAnswer(answer(2, [created(1), created(2)]));
  expect(state.request()).toEqual({ stream, epoch: 'e', seq: 2 });
});

test('the next event is applied', () => {
  const state = subscribed();
  expect(state.onEvent(created(3))).toBe(true);
  expect(state).toMatchObject({ seq: 3, gaps: 0, duplicates: 0 });
  expect([...state.comments.keys()]).toEqual([10, 20, 30]);
});

test('an event that comes twice is counted and changes nothing', () => {
  const state = subscribed();
  expect(state.onEvent(created(2, 5))).toBe(true);
  expect(state).toMatchObject({ seq: 2, gaps: 0, duplicates: 1 });
  expect(state.comments.get(20)?.likes).toBe(0);
});

test('a gap is counted once, and the answer to the next subscribe fills it', () => {
  const state = subscribed();
  expect(state.onEvent(created(4))).toBe(false);
  expect(state.request()).toEqual({ stream, epoch: 'e', seq: 2 });
  expect(state.onEvent(created(5))).toBe(true);
  expect(state.onAnswer(answer(5, [created(3), created(4), created(5)]))).toBe(true);
  expect(state).toMatchObject({ seq: 5, gaps: 1, duplicates: 0 });
  expect(state.comments.size).toBe(5);
});

test('an answer whose events do not lead to its head is a gap', () => {
  const state = new StreamState(stream);
  state.request();
  expect(state.onAnswer(answer(3, [created(1), created(3)]))).toBe(false);
  expect(state).toMatchObject({ seq: 1, gaps: 1 });
});

test('a state whose seq is ahead of us tells of a lost event', () => {
  const state = subscribed();
  expect(state.onState(counters(10, 5, { seq: 2 }))).toBe(true);
  expect(state.onState(counters(10, 6, { seq: 3 }))).toBe(false);
  expect(state.gaps).toBe(1);
});

test('the newest version wins, whatever the order, also before the comment itself is known', () => {
  const state = subscribed();
  state.onState(counters(30, 7, { likes: 3 }));
  state.onState(counters(30, 6, { likes: 2 }));
  expect(state.commentCounters.get(30)).toMatchObject({ version: 7, data: { likes: 3 } });
});

test('a reset is counted, forgets everything and asks from the start', () => {
  const state = subscribed();
  state.request();
  expect(state.onAnswer(answer(9, [], { mode: 'reset', epoch: 'f' }))).toBe(false);
  expect(state).toMatchObject({ resets: 1, seq: 0 });
  expect(state.comments.size).toBe(0);
  expect(state.request()).toEqual({ stream, seq: 0 });
});
