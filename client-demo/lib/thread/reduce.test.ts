import { describe, expect, it } from 'vitest';
import { commentOf } from '../testing/builders.ts';
import { at, counts, log, others, page, started, tally, told } from '../testing/thread.ts';
import { EPOCH, STREAM } from '../testing/world.ts';
import type { Message } from './messages.ts';
import { reduce } from './reduce.ts';
import { reactionOf, shownReplies, shownTop } from './select.ts';
import type { ThreadState } from './state.ts';

describe('log events', () => {
  it('are applied in order, dropped when seen, and a gap changes nothing', () => {
    const state = started(commentOf(1));
    expect(reduce(state, log('comment:edited', 10)).verdict).toBe('dropped');
    expect(reduce(state, log('comment:edited', 11)).verdict).toBe('applied');
    expect(reduce(state, log('comment:edited', 12))).toEqual({ state, verdict: 'gap' });
  });

  it('of another epoch are a gap', () => {
    const message = log('comment:edited', 11);
    const foreign = { ...message, frame: { ...message.frame, epoch: 'e2' } };
    expect(reduce(started(), foreign).verdict).toBe('gap');
  });

  it('of an unknown kind move the position and nothing else', () => {
    const state = started(commentOf(1));
    const frame = { name: 'unknown', stream: STREAM, epoch: EPOCH, seq: 11 } as const;
    expect(told(state, { kind: 'log', frame, hold: false })).toEqual({
      ...state,
      position: { epoch: EPOCH, seq: 11 },
    });
  });

  it('do not take back what a newer page already showed', () => {
    const newer = page([commentOf(1, { text: 'third', revision: 3 })], 20);
    const state = told(started(commentOf(1)), { kind: 'sorted', sort: 'oldest', page: newer });
    const edited = told(state, log('comment:edited', 11, commentOf(1, { text: 'second', revision: 2 })));
    expect(edited.comments.get(1)?.comment.text).toBe('third');
  });

  it('do not raise the counts of those above: only counters do', () => {
    const state = told(started(commentOf(1)), log('comment:created', 11, commentOf(2, { parentId: 1, depth: 1 })));
    expect(shownReplies(state, 1).head).toEqual([2]);
    expect(state.tallies.get(1)?.replies?.value).toBe(0);
    expect(told(state, tally(5, { replies: 1 }, 11)).tallies.get(1)?.replies?.value).toBe(1);
  });
});

describe('state frames', () => {
  it('older than what is known are dropped', () => {
    const state = told(started(commentOf(1)), tally(5, { likes: 3 }));
    expect(reduce(state, tally(5, { likes: 9 })).verdict).toBe('dropped');
    expect(reduce(state, tally(4, { likes: 9 })).verdict).toBe('dropped');
    expect(told(state, tally(6, { likes: 4 })).tallies.get(1)?.likes?.value).toBe(4);
  });

  it('ahead of the log are a gap, and wait until it has caught up', () => {
    expect(reduce(started(commentOf(1)), tally(5, { likes: 3 }, 11)).verdict).toBe('gap');
  });

  it('are not overwritten by a read that was sent before they came', () => {
    const state = told(started(commentOf(1)), tally(5, { likes: 3 }));
    const stale = { ...page([commentOf(1, { likes: 2 })], 10), since: 0 };
    const fresh = { ...stale, since: state.tick, items: [{ ...commentOf(1, { likes: 4 }), replyPreview: [] }] };
    expect(told(state, { kind: 'sorted', sort: 'top', page: stale }).tallies.get(1)?.likes?.value).toBe(3);
    expect(told(state, { kind: 'sorted', sort: 'top', page: fresh }).tallies.get(1)?.likes?.value).toBe(4);
  });
});

describe('a removed comment', () => {
  const removed = { text: null, status: 'removed', removed: { by: 'moderator', reason: null } } as const;

  it('without replies disappears', () => {
    const state = told(started(commentOf(1), commentOf(2)), log('comment:removed', 11, commentOf(1, removed)));
    expect(shownTop(state).head).toEqual([2]);
  });

  it('with replies stays as a tombstone until the last of them goes', () => {
    const state = told(
      started(commentOf(1, { replies: 1, descendants: 1 })),
      log('comment:removed', 11, commentOf(1, { ...removed, replies: 1, descendants: 1 })),
    );
    expect(shownTop(state).head).toEqual([1]);
    expect(state.comments.get(1)?.comment.text).toBeNull();
    expect(shownTop(told(state, tally(9, {}, 11))).head).toEqual([]);
  });
});

describe('a post of our own', () => {
  const sending = { kind: 'sending', key: 'k', parentId: null, text: ' text 5 ', at } as const;
  const sent = { kind: 'sent', key: 'k', comment: commentOf(5) } as const;
  const seen = (state: ThreadState) => ({
    listed: shownTop(state).head,
    outgoing: state.outbox.filter((post) => post.id === null).length,
  });

  it('is seen once at each moment, whether the answer or the broadcast is first', () => {
    const before = told(started(), sending);
    expect(seen(before)).toEqual({ listed: [], outgoing: 1 });
    for (const order of [
      [sent, log('comment:created', 11, commentOf(5))],
      [log('comment:created', 11, commentOf(5)), sent],
    ]) {
      const [first, second] = order as [Message, Message];
      expect(seen(told(before, first))).toEqual({ listed: [5], outgoing: 0 });
      expect(told(before, first, second)).toMatchObject({ outbox: [] });
      expect(seen(told(before, first, second))).toEqual({ listed: [5], outgoing: 0 });
    }
  });

  it('of the same words as another is not taken for it', () => {
    const two = told(started(), sending, { ...sending, key: 'k2' });
    expect(seen(told(two, sent))).toEqual({ listed: [5], outgoing: 1 });
    expect(seen(told(two, log('comment:created', 11, commentOf(5)), sent))).toEqual({ listed: [5], outgoing: 1 });
  });

  it('that failed is kept, unless its broadcast has been seen', () => {
    const failed = { kind: 'failed', key: 'k', code: 'no_answer' } as const;
    expect(told(started(), sending, failed).outbox).toMatchObject([{ status: 'failed', code: 'no_answer' }]);
    expect(told(started(), sending, log('comment:created', 11, commentOf(5)), failed).outbox).toEqual([]);
  });

  it('is not held while we read, and one of another is', () => {
    const state = told(
      started(),
      log('comment:created', 11, commentOf(5), true),
      log('comment:created', 12, commentOf(6, others), true),
    );
    expect(shownTop(state)).toMatchObject({ head: [5], arrivals: [6] });
    expect(shownTop(told(state, { kind: 'reveal', ids: [6] }))).toMatchObject({ head: [6, 5], arrivals: [] });
  });
});

describe('a reaction', () => {
  const intended = { kind: 'intended', key: 'like', on: true } as const;
  const counters = (version: number, likes: number) =>
    ({
      kind: 'state',
      frame: {
        name: 'campaign:counters',
        stream: STREAM,
        version,
        seq: 10,
        at,
        data: { campaignId: 1, ...counts, likes, impressions: 0 },
      },
    }) as const;

  it('is shown at once and counted once, also when the broadcast is faster than the answer', () => {
    const state = told(started(), counters(1, 4), intended);
    expect(reactionOf(state, 'like')).toEqual({ on: true, count: 5 });
    const early = told(state, counters(2, 5));
    expect(reactionOf(early, 'like')).toEqual({ on: true, count: 5 });
    const answer = {
      kind: 'reacted',
      counts: { ...counts, likes: 5 },
      mine: { like: true },
      version: 2,
      since: 1,
    } as const;
    expect(reactionOf(told(early, answer, { kind: 'unintended', key: 'like' }), 'like')).toEqual({
      on: true,
      count: 5,
    });
  });

  it('that fails gives way to the truth', () => {
    const state = told(started(), counters(1, 4), intended, counters(2, 6), { kind: 'unintended', key: 'like' });
    expect(reactionOf(state, 'like')).toEqual({ on: false, count: 6 });
  });

  it('answered late does not hide a newer broadcast', () => {
    const answer = {
      kind: 'reacted',
      counts: { ...counts, likes: 5 },
      mine: { like: true },
      version: 2,
      since: 0,
    } as const;
    expect(reactionOf(told(started(), counters(3, 9), answer), 'like')).toEqual({ on: true, count: 9 });
    expect(reactionOf(told(started(), counters(3, 9), { ...answer, version: null }), 'like').count).toBe(9);
  });

  it('that answers likes only leaves room for replies of the same version', () => {
    const answer = {
      kind: 'comment-reacted',
      id: 1,
      likes: 1,
      mine: { 'comment:1': true },
      version: 6,
      since: 0,
    } as const;
    const state = told(started(commentOf(1)), answer, tally(6, { likes: 1, replies: 2, descendants: 2 }));
    expect(state.tallies.get(1)).toMatchObject({ likes: { value: 1 }, replies: { value: 2 } });
  });
});
