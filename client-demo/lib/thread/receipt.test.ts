import { describe, expect, it } from 'vitest';
import { commentOf } from '../testing/builders.ts';
import { at, log, page, started, told } from '../testing/thread.ts';
import { STREAM } from '../testing/world.ts';
import { reduce } from './reduce.ts';

const reached = (sockets: number, p90Ms: number, seq = 10) =>
  ({
    kind: 'state',
    frame: {
      name: 'comment:reached',
      stream: STREAM,
      version: sockets,
      seq,
      at,
      data: { campaignId: 1, commentId: 5, sockets, p90Ms },
    },
  }) as const;

describe('how far a comment of our own got', () => {
  it('is kept by comment, and only a greater number takes its place', () => {
    const first = told(started(commentOf(5)), reached(200, 40));
    expect(first.receipts).toEqual(new Map([[5, { sockets: 200, p90Ms: 40 }]]));
    expect(reduce(first, reached(200, 90))).toEqual({ state: first, verdict: 'dropped' });
    expect(reduce(first, reached(120, 20)).verdict).toBe('dropped');
    expect(told(first, reached(214, 300)).receipts.get(5)).toEqual({ sockets: 214, p90Ms: 300 });
  });

  it('waits for its comment where it comes before it', () => {
    const early = reached(3, 9, 11);
    expect(reduce(started(), early).verdict).toBe('gap');
    const state = told(started(), log('comment:created', 11, commentOf(5)), early);
    expect([state.comments.has(5), state.receipts.get(5)?.sockets]).toEqual([true, 3]);
  });

  it('outlives a new start from a snapshot', () => {
    const state = told(started(commentOf(5)), reached(3, 9));
    const snapshot = {
      sort: 'newest' as const,
      pages: [{ ...page([commentOf(5)], 20), epoch: 'e2' }],
      branches: new Map(),
      campaign: { campaign: state.campaign?.value ?? expect.fail(), seq: 20, since: 0 },
    };
    expect(told(state, { kind: 'snapshot', snapshot }).receipts).toBe(state.receipts);
  });
});
