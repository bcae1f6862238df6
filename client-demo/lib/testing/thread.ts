import type { Message } from '../thread/messages.ts';
import { reduce } from '../thread/reduce.ts';
import { emptyThread, type ThreadState } from '../thread/state.ts';
import { campaignNamed, commentOf } from './builders.ts';
import { EPOCH, STREAM } from './world.ts';

export const at = '2026-11-22T12:00:00.000Z';
export const me = 7;

export const page = (items: ReturnType<typeof commentOf>[], seq: number, nextCursor: string | null = null) => ({
  items: items.map((item) => ({ ...item, replyPreview: [] })),
  nextCursor,
  epoch: EPOCH,
  seq,
  since: 0,
  previews: 3,
});

export const started = (...items: ReturnType<typeof commentOf>[]): ThreadState =>
  told(emptyThread(me), {
    kind: 'snapshot',
    snapshot: {
      sort: 'newest',
      pages: [page(items, 10)],
      branches: new Map(),
      campaign: { campaign: campaignNamed('Aurora'), seq: 10, since: 0 },
    },
  });

export const log = (
  name: 'comment:created' | 'comment:edited' | 'comment:removed' | 'comment:restored',
  seq: number,
  data = commentOf(1),
  hold = false,
) => ({ kind: 'log', frame: { name, stream: STREAM, epoch: EPOCH, seq, at, data }, hold }) as const;

export const tally = (version: number, counts: { likes?: number; replies?: number; descendants?: number }, seq = 10) =>
  ({
    kind: 'state',
    frame: {
      name: 'comment:counters',
      stream: STREAM,
      version,
      seq,
      at,
      data: { campaignId: 1, commentId: 1, likes: 0, replies: 0, descendants: 0, ...counts },
    },
  }) as const;

export const told = (state: ThreadState, ...messages: Message[]): ThreadState =>
  messages.reduce((all, message) => reduce(all, message).state, state);

export const others = { author: { id: 8, name: 'user 8', profileType: null } };
export const counts = { likes: 0, shares: 0, comments: 0, saves: 0, bookmarks: 0 };
