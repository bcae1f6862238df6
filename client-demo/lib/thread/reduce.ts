/**
 * The one place where a thread changes: (state, message) → state. Broadcasts, HTTP answers and pages all come through
 * here, so that it does not matter which of them is first or whether one comes twice.
 */
import type { Position } from '../position.ts';
import { mergeRead } from '../registers.ts';
import { adopted, linked } from './ancestors.ts';
import { type Outcome, reduceFrame } from './apply-frame.ts';
import { changed, learnPage } from './content.ts';
import { extend, withKnown } from './lists.ts';
import type { CampaignRead, Message, PageRead, Snapshot } from './messages.ts';
import { reduceOutbox } from './outbox.ts';
import { learnOwn, placeOwn } from './own.ts';
import { reduceReaction } from './reactions.ts';
import { emptyList, emptyThread, type ThreadState, withEntry } from './state.ts';

export function reduce(state: ThreadState, message: Message): Outcome {
  if (message.kind === 'log' || message.kind === 'state') return reduceFrame(state, message);
  const next = reduceLocal(state, message);
  return { state: next, verdict: next === state ? 'dropped' : 'applied' };
}

function reduceLocal(state: ThreadState, message: Exclude<Message, { kind: 'log' | 'state' }>): ThreadState {
  switch (message.kind) {
    case 'snapshot':
      return restart(state, message.snapshot);
    case 'sorted':
      return isBehind(state, message.page) ? state : sorted(state, message);
    case 'older': {
      const { sort, cursor } = state.top;
      const fits = sort === message.sort && cursor === message.cursor && !isBehind(state, message.page);
      return fits ? continued(state, message.page) : state;
    }
    case 'replies':
      return isBehind(state, message.page) ? state : replied(state, message);
    case 'ancestors':
      return isBehind(state, message) ? state : adopted(state, message);
    case 'linked':
      return isBehind(state, message) ? state : linked(state, message);
    case 'own':
      return learnOwn(state, message.comments);
    case 'changed':
      return state.comments.has(message.comment.id) && !isBehind(state, message.position)
        ? changed(state, message.comment, message.position.seq)
        : state;
    case 'campaign':
      return withCampaign(state, message.read);
    case 'reveal':
      return revealed(state, message.ids);
    case 'viewer':
      return { ...state, viewerId: message.viewerId };
    case 'mine':
    case 'intended':
    case 'unintended':
    case 'reacted':
    case 'comment-reacted':
    case 'counted':
      return reduceReaction(state, message);
    case 'sending':
    case 'sent':
    case 'in review':
    case 'failed':
    case 'discarded':
      return reduceOutbox(state, message);
    default:
      return message satisfies never;
  }
}

const isBehind = ({ base }: ThreadState, read: Position): boolean =>
  base !== null && (read.epoch !== base.epoch || read.seq < base.seq);

/** Content starts anew. Counts with versions stay good as long as the epoch does; what is our own stays anyway. */
function restart(state: ThreadState, snapshot: Snapshot): ThreadState {
  const [first] = snapshot.pages;
  if (first === undefined) return state;
  const { viewerId, outbox, receipts, mine, intents, own: hidden, counters, presence, tallies, tick } = state;
  const own = { ...emptyThread(viewerId), outbox, receipts, mine, intents, own: hidden, top: emptyList(snapshot.sort) };
  const kept = state.position?.epoch === first.epoch ? { ...own, counters, presence, tallies, tick } : own;
  const filled = snapshot.pages.reduce(continued, kept);
  const opened = [...snapshot.branches].reduce((all, [parentId, page]) => {
    return replied(all, { parentId, cursor: null, page });
  }, filled);
  const base = { epoch: first.epoch, seq: first.seq };
  return withCampaign({ ...opened, position: base, base }, snapshot.campaign);
}

function sorted(state: ThreadState, { sort, page }: { sort: ThreadState['top']['sort']; page: PageRead }): ThreadState {
  const next = continued({ ...state, top: emptyList(sort) }, page);
  return { ...next, top: withKnown(next.top, next.comments, page), held: new Set() };
}

function continued(state: ThreadState, page: PageRead): ThreadState {
  const learned = learnPage(state, page);
  return placeOwn({ ...learned, top: extend(learned.top, learned.comments, page) });
}

function replied(
  state: ThreadState,
  { parentId, cursor, page }: { parentId: number; cursor: string | null; page: PageRead },
): ThreadState {
  const learned = learnPage(state, page);
  const branch = learned.branches.get(parentId) ?? emptyList('oldest');
  if (branch.cursor !== cursor) return learned;
  const branches = withEntry(learned.branches, parentId, extend(branch, learned.comments, page));
  return placeOwn({ ...learned, branches });
}

/** The counts of an HTTP read have no version; `campaign:updated` and reads agree on the rest by seq. */
function withCampaign(state: ThreadState, { campaign, seq, since }: CampaignRead): ThreadState {
  const { campaignId: _, ...counts } = campaign.counters;
  const newer = state.campaign === null || seq >= state.campaign.seq;
  return {
    ...state,
    campaign: newer ? { value: campaign, seq } : state.campaign,
    counters: mergeRead(state.counters, counts, since),
  };
}

function revealed(state: ThreadState, ids: readonly number[]): ThreadState {
  const held = new Set(state.held);
  for (const id of ids) held.delete(id);
  return held.size === state.held.size ? state : { ...state, held };
}
