/** What of a thread is to be shown. */
import type { Comment } from '../../../server/contract/comment.ts';
import { amount } from '../registers.ts';
import { gapAt } from './lists.ts';
import { countOf } from './reactions.ts';
import type { List, Outgoing, ReactionKey, TallyField, ThreadState } from './state.ts';

/** Siblings to show: `head`, then a gap of `hidden` that can be loaded when `more`, then what came live behind it. */
export interface Shown {
  readonly head: readonly number[];
  readonly more: boolean;
  readonly hidden: number;
  readonly tail: readonly number[];
  /** Came while the reader was reading; shown when asked for. */
  readonly arrivals: readonly number[];
}

export function shownTop(state: ThreadState): Shown {
  return { ...split(state, state.top), more: !state.top.complete && state.top.cursor !== null, hidden: 0 };
}

export function shownReplies(state: ThreadState, parentId: number): Shown {
  const branch = state.branches.get(parentId);
  const replies = tallyOf(state, parentId, 'replies');
  const below = tallyOf(state, parentId, 'descendants');
  if (branch === undefined) return { head: [], tail: [], arrivals: [], more: below > 0, hidden: replies };
  const published = branch.ids.filter((id) => isPublished(state.comments.get(id)?.comment));
  const hidden = Math.max(0, replies - published.length);
  const accounted = branch.ids.reduce((sum, id) => sum + tallyOf(state, id, 'descendants'), published.length);
  return { ...split(state, branch), more: !branch.complete && (hidden > 0 || below > accounted), hidden };
}

function split(state: ThreadState, list: List): Pick<Shown, 'head' | 'tail' | 'arrivals'> {
  const visible = (id: number) => isShown(state, id) && !state.held.has(id);
  const at = list.complete ? list.ids.length : gapAt(list);
  return {
    head: list.ids.slice(0, at).filter(visible),
    tail: list.ids.slice(at).filter(visible),
    arrivals: list.ids.filter((id) => state.held.has(id) && isShown(state, id)),
  };
}

/** A removed comment stays as a tombstone as long as something published stands below it; its author sees it anyway. */
export function isShown(state: ThreadState, id: number): boolean {
  return isPublished(state.comments.get(id)?.comment) || state.own.has(id) || tallyOf(state, id, 'descendants') > 0;
}

export const isPublished = (comment: Comment | undefined): boolean =>
  comment !== undefined && (comment.status === 'published' || comment.status === 'approved');

export const tallyOf = (state: ThreadState, id: number, field: TallyField): number =>
  amount(state.tallies.get(id), field);

/** Whether a reaction is ours and the count beside it, with what is on its way taken as done. */
export function reactionOf(state: ThreadState, key: ReactionKey): { on: boolean; count: number } {
  const intent = state.intents.get(key);
  if (intent !== undefined) return { on: intent.on, count: intent.shown };
  return { on: state.mine.get(key) ?? false, count: countOf(state, key) };
}

/** Posts of our own that no list shows yet, oldest first. Those whose parent has gone stand at the top level. */
export const outgoingTo = (state: ThreadState, parentId: number | null): readonly Outgoing[] =>
  state.outbox.filter((post) => {
    const place = post.parentId !== null && isShown(state, post.parentId) ? post.parentId : null;
    return post.id === null && place === parentId;
  });
