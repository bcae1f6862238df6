/** What the socket brings. A gap changes nothing: the frame is to be held until what is missing has come. */
import type { LogFrame, StateFrame } from '../../../server/contract/live.ts';
import type { AnyLogFrame } from '../frames.ts';
import { admitLog, admitState, type Verdict } from '../position.ts';
import { mergeVersioned } from '../registers.ts';
import { changed, learn } from './content.ts';
import { matchOutgoing } from './outbox.ts';
import { place } from './place.ts';
import { type ThreadState, withEntry } from './state.ts';

export interface Outcome {
  readonly state: ThreadState;
  readonly verdict: Verdict;
}

type FrameMessage = { kind: 'log'; frame: AnyLogFrame; hold: boolean } | { kind: 'state'; frame: StateFrame };

export function reduceFrame(state: ThreadState, message: FrameMessage): Outcome {
  if (message.kind === 'state') return reduceState(state, message.frame);
  const { frame, hold } = message;
  const verdict = admitLog(state.position, frame);
  if (verdict !== 'applied') return { state, verdict };
  const moved = { ...state, position: { epoch: frame.epoch, seq: frame.seq } };
  return { state: frame.name === 'unknown' ? moved : reduceLog(moved, frame, hold), verdict };
}

function reduceLog(state: ThreadState, frame: LogFrame, hold: boolean): ThreadState {
  const { seq, name } = frame;
  switch (name) {
    case 'comment:created':
      return created(state, frame, hold);
    case 'comment:restored':
      return place(learn(state, frame.data, { seq, live: true }), frame.data);
    case 'comment:edited':
    case 'comment:removed':
      return changed(state, frame.data, seq);
    case 'campaign:updated':
      return seq > (state.campaign?.seq ?? -1) ? { ...state, campaign: { value: frame.data, seq } } : state;
    case 'engagement:created': // these are of an advertiser's, a user's or the desk's stream, never of a thread's
    case 'milestone:reached':
    case 'alert:fired':
    case 'invoice:updated':
    case 'sanction:changed':
    case 'moderation:item-entered':
    case 'moderation:item-left':
    case 'moderation:claimed':
    case 'moderation:released':
    case 'moderation:decided':
    case 'notification:created':
      return state;
    default:
      return frame satisfies never;
  }
}

function created(state: ThreadState, { data, seq }: LogFrame<'comment:created'>, hold: boolean): ThreadState {
  const placed = place(learn(state, data, { seq, live: true }), data);
  if (data.author.id === state.viewerId) return matchOutgoing(placed, data);
  return hold && !state.comments.has(data.id) ? { ...placed, held: new Set(placed.held).add(data.id) } : placed;
}

function reduceState(state: ThreadState, frame: StateFrame): Outcome {
  if (admitState(state.position, frame) === 'gap') return { state, verdict: 'gap' };
  const next = withValues(state, frame);
  return next === state
    ? { state, verdict: 'dropped' }
    : { state: { ...next, tick: state.tick + 1 }, verdict: 'applied' };
}

function withValues(state: ThreadState, frame: StateFrame): ThreadState {
  const stamp = { version: frame.version, tick: state.tick + 1 };
  switch (frame.name) {
    case 'campaign:counters': {
      const { campaignId: _, ...counts } = frame.data;
      const counters = mergeVersioned(state.counters, counts, stamp);
      return counters === state.counters ? state : { ...state, counters };
    }
    case 'campaign:presence': {
      const { campaignId: _, ...crowd } = frame.data;
      const presence = mergeVersioned(state.presence, crowd, stamp);
      return presence === state.presence ? state : { ...state, presence };
    }
    case 'comment:counters': {
      const { campaignId: _, commentId, ...counts } = frame.data;
      const known = state.tallies.get(commentId) ?? {};
      const tally = mergeVersioned(known, counts, stamp);
      return tally === known ? state : { ...state, tallies: withEntry(state.tallies, commentId, tally) };
    }
    case 'comment:reached': {
      const { commentId, sockets, p90Ms } = frame.data;
      // It only grows, so the greater one is the newer one.
      if (sockets <= (state.receipts.get(commentId)?.sockets ?? 0)) return state;
      return { ...state, receipts: withEntry(state.receipts, commentId, { sockets, p90Ms }) };
    }
    case 'stream:head':
    case 'campaign:metrics':
    case 'moderation:removal':
    case 'moderation:screens':
    case 'moderation:queues':
    case 'notification:unread':
      return state;
    default:
      return frame satisfies never;
  }
}
