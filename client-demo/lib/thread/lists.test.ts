import { describe, expect, it } from 'vitest';
import type { Comment } from '../../../server/contract/comment.ts';
import { commentOf } from '../testing/builders.ts';
import { branchBelow, extend } from './lists.ts';
import type { PageRead } from './messages.ts';
import { withId } from './order.ts';
import { type Entry, emptyList } from './state.ts';

const known = (...comments: Comment[]) =>
  new Map<number, Entry>(comments.map((comment) => [comment.id, { comment, seq: 1, live: false }]));
const page = (ids: number[], nextCursor: string | null): PageRead => {
  return { items: ids.map((id) => commentOf(id)), nextCursor, epoch: 'e', seq: 1, since: 0, previews: 3 };
};
const some = known(...[1, 2, 3, 4, 5, 6].map((id) => commentOf(id)));

describe('a list', () => {
  it('orders by time, then by id, to the microsecond', () => {
    const createdAt = (fraction: string) => ({ createdAt: `2026-11-22T12:00:00.${fraction}Z` });
    const comments = known(
      commentOf(1, createdAt('123457')),
      commentOf(2, createdAt('123456')),
      commentOf(3, createdAt('1')),
      commentOf(4, createdAt('123456')),
    );
    const list = [1, 2, 3, 4].reduce((all, id) => withId(all, comments, id), emptyList('oldest'));
    expect(list.ids).toEqual([3, 2, 4, 1]);
  });

  it('keeps what came live behind the gap until the pages reach it', () => {
    const live = withId(extend(emptyList('oldest'), some, page([1, 2], 'c')), some, 6);
    expect(live).toMatchObject({ ids: [1, 2, 6], boundId: 2, complete: false });
    expect(extend(live, some, page([3, 6], null))).toMatchObject({ ids: [1, 2, 3, 6], boundId: 6, complete: true });
  });

  it('by rank keeps its places while one pages, although ranks move', () => {
    const first = withId(extend(emptyList('top'), some, page([3, 1], 'c')), some, 6);
    expect(extend(first, some, page([1, 5, 4], null))).toMatchObject({ ids: [3, 1, 5, 4, 6], complete: true });
  });
});

describe('the branch below a comment', () => {
  const item = (replies: number, preview: Comment[]) => ({
    ...commentOf(1, { replies, descendants: replies }),
    replyPreview: preview,
  });
  const reply = (id: number) => commentOf(id, { parentId: 1, depth: 1 });

  it('is complete when its preview holds every reply', () => {
    expect(branchBelow(item(2, [reply(2), reply(3)]), undefined, some, 3).complete).toBe(true);
    expect(branchBelow(item(3, [reply(2), reply(3), reply(4)]), undefined, some, 3).complete).toBe(true);
    expect(branchBelow(item(4, [reply(2), reply(3), reply(4)]), undefined, some, 3).complete).toBe(false);
    expect(branchBelow(commentOf(1, { replies: 1, descendants: 1 }), undefined, some, 3).complete).toBe(false);
  });

  it('keeps what was opened, and what came live before its preview', () => {
    const opened = extend(emptyList('oldest'), some, page([2, 3, 4, 5], 'c'));
    expect(branchBelow(item(9, [reply(2), reply(3), reply(4)]), opened, some, 3)).toBe(opened);
    const live = withId(emptyList('oldest'), some, 6);
    expect(branchBelow(item(9, [reply(2), reply(3), reply(4)]), live, some, 3).ids).toEqual([2, 3, 4, 6]);
  });
});
