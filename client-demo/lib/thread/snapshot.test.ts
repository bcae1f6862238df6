import { describe, expect, it } from 'vitest';
import { campaignNamed, commentOf } from '../testing/builders.ts';
import { log, page, started, tally, told } from '../testing/thread.ts';
import { EPOCH } from '../testing/world.ts';
import { orphanIn } from './ancestors.ts';
import type { Message } from './messages.ts';
import { shownTop } from './select.ts';
import type { ThreadState } from './state.ts';

const again = (seq: number, since: number, epoch = EPOCH): Message => ({
  kind: 'snapshot',
  snapshot: {
    sort: 'newest',
    pages: [{ ...page([commentOf(1, { likes: 2 })], seq), since, epoch }],
    branches: new Map(),
    campaign: { campaign: campaignNamed('Aurora'), seq, since },
  },
});
const likes = (state: ThreadState) => state.tallies.get(1)?.likes?.value;

describe('a snapshot', () => {
  it('keeps counts that are newer than it, and forgets them with their epoch', () => {
    const state = told(started(commentOf(1)), tally(9, { likes: 3 }));
    expect(likes(told(state, again(20, 0)))).toBe(3);
    expect(likes(told(state, again(20, state.tick)))).toBe(2);
    expect(likes(told(state, again(20, 0, 'e2')))).toBe(2);
    expect(likes(told(state, again(20, 0), tally(8, { likes: 1 })))).toBe(3);
  });

  it('lets no page enter that was read before it', () => {
    const state = told(started(commentOf(1)), again(20, 0));
    const stale = page([commentOf(1), commentOf(2)], 19);
    expect(told(state, { kind: 'sorted', sort: 'oldest', page: stale })).toBe(state);
    expect(told(state, { kind: 'replies', parentId: 1, cursor: null, page: stale })).toBe(state);
    expect(told(state, { kind: 'sorted', sort: 'oldest', page: { ...stale, seq: 20 } }).top.ids).toEqual([1, 2]);
  });
});

describe('another order', () => {
  it('keeps what came after its page was read, and what lies within it', () => {
    const state = told(started(commentOf(1), commentOf(3)), log('comment:created', 11, commentOf(9)));
    const first = page([commentOf(1), commentOf(4)], 10, 'more');
    const sorted = told(state, { kind: 'sorted', sort: 'oldest', page: first });
    expect(shownTop(sorted)).toMatchObject({ head: [1, 3, 4], tail: [9], more: true });
    const later = told(state, { kind: 'sorted', sort: 'oldest', page: { ...first, seq: 11 } });
    expect(shownTop(later).tail).toEqual([]);
  });

  it('is not continued by a page of the one before', () => {
    const state = told(started(), { kind: 'sorted', sort: 'oldest', page: page([commentOf(1)], 10, 'c1') });
    const older = { kind: 'older', cursor: 'c1', page: page([commentOf(2)], 10) } as const;
    expect(told(state, { ...older, sort: 'newest' })).toBe(state);
    expect(told(state, { ...older, sort: 'oldest', cursor: 'c0' })).toBe(state);
    expect(told(state, { ...older, sort: 'oldest' }).top).toMatchObject({ ids: [1, 2], complete: true });
  });
});

describe('a tombstone that no list held', () => {
  const restored = log('comment:restored', 11, commentOf(5, { parentId: 4, depth: 1 }));
  const gone = { text: null, status: 'removed', descendants: 1, replies: 1 } as const;

  it('is asked for when something below it is restored, and then shown', () => {
    const state = told(started(commentOf(1)), restored);
    expect(orphanIn(state, restored.frame)).toBe(5);
    const comments = [commentOf(4, { ...gone, removed: { by: 'author', reason: null } })];
    const adopted = told(state, { kind: 'ancestors', comments, epoch: EPOCH, seq: 11 });
    expect(shownTop(adopted).head).toEqual([4, 1]);
    expect(orphanIn(adopted, restored.frame)).toBeNull();
  });

  it('is left alone when it may be one that is not loaded yet', () => {
    const cut = told(started(), { kind: 'sorted', sort: 'newest', page: page([commentOf(8)], 10, 'c') });
    const created = log('comment:created', 11, commentOf(5, { parentId: 4, depth: 1 }));
    expect(orphanIn(told(cut, created), created.frame)).toBeNull();
    expect(orphanIn(told(started(), created), created.frame)).toBe(5);
  });
});
