import { describe, expect, it } from 'vitest';
import { commentOf } from '../testing/builders.ts';
import { log, me, page, started, told } from '../testing/thread.ts';
import { isShown, shownTop } from './select.ts';

const mine = { author: { id: me, name: 'user 7', profileType: null } };
const held = commentOf(2, { ...mine, status: 'pending', removed: { by: 'rule', reason: 'spam' } });
const rejected = commentOf(1, {
  ...mine,
  text: null,
  status: 'rejected',
  removed: { by: 'moderator', reason: 'off_topic' },
});

describe('what we wrote and others are not shown', () => {
  it('stands among its siblings, also after a page that leaves it out', () => {
    const state = told(
      started(commentOf(1)),
      { kind: 'own', comments: [held] },
      { kind: 'sorted', sort: 'newest', page: page([commentOf(1)], 11) },
    );
    expect([...shownTop(state).head, ...shownTop(state).tail].sort()).toEqual([1, 2]);
  });

  it('keeps its words when it is rejected, although the event brings none', () => {
    const state = told(started(commentOf(1, { ...mine, text: 'my words' })), log('comment:removed', 11, rejected));
    expect(isShown(state, 1)).toBe(true);
    expect(state.own.get(1)).toMatchObject({ text: 'my words', removed: { reason: 'off_topic' } });
  });

  it('is told with its decision later, and keeps the words', () => {
    const decided = { ...rejected, removed: { by: 'moderator' as const, reason: 'off_topic', appealable: true } };
    const state = told(started(commentOf(1, { ...mine, text: 'my words' })), log('comment:removed', 11, rejected), {
      kind: 'own',
      comments: [decided],
    });
    expect(state.own.get(1)).toMatchObject({ text: 'my words', removed: { appealable: true } });
  });

  it('is a comment like any other once it is approved, whichever of answer and event is first', () => {
    const approved = log('comment:created', 11, commentOf(2, { ...mine, status: 'approved' }));
    const own = { kind: 'own', comments: [held] } as const;
    for (const messages of [
      [own, approved],
      [approved, own],
    ]) {
      expect(told(started(commentOf(1)), ...messages).comments.get(2)?.comment.status).toBe('approved');
    }
  });

  it('leaves our sight when we take it back', () => {
    const gone = commentOf(1, { ...mine, text: null, status: 'removed', removed: { by: 'author', reason: null } });
    const state = told(started(commentOf(1, mine)), log('comment:removed', 11, gone));
    expect(isShown(state, 1)).toBe(false);
  });
});

it('a removed comment of somebody else leaves our sight', () => {
  const other = { ...rejected, author: { id: 8, name: 'user 8', profileType: null } };
  expect(isShown(told(started(commentOf(1)), log('comment:removed', 11, other)), 1)).toBe(false);
});

it('an address opens a comment that is on no page yet, and one that is held back', () => {
  const linked = { kind: 'linked', comments: [commentOf(5), commentOf(6, { parentId: 5, depth: 1 })] } as const;
  const state = told(
    started(commentOf(1)),
    log(
      'comment:created',
      11,
      commentOf(6, { parentId: 5, depth: 1, author: { id: 8, name: 'user 8', profileType: null } }),
      true,
    ),
    { ...linked, epoch: 'e1', seq: 11 },
  );
  expect(state.held.size).toBe(0);
  expect(state.branches.get(5)?.ids).toEqual([6]);
});
