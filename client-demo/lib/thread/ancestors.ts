/**
 * A tombstone with nothing below it is in no list, so we may never have heard of it. When something below it is restored
 * it is listed again, but only the restored comment is announced: those above have to be asked for.
 */
import type { Comment } from '../../../server/contract/comment.ts';
import type { AnyLogFrame } from '../frames.ts';
import { learn } from './content.ts';
import { coversId } from './lists.ts';
import { place } from './place.ts';
import type { ThreadState } from './state.ts';

/** The comment whose ancestors are to be asked for, if the event leaves any in doubt. */
export function orphanIn(state: ThreadState, frame: AnyLogFrame): number | null {
  if (frame.name !== 'comment:restored' && frame.name !== 'comment:created') return null;
  const { id, parentId } = frame.data;
  if (parentId === null || state.comments.has(parentId)) return null;
  // Nobody replies to a tombstone, but what was held may be approved below one. Else the parent is only not loaded yet.
  return frame.name === 'comment:restored' || state.top.complete ? id : null;
}

/** Roots outside of the pages read so far are left for their page. */
export function adopted(
  state: ThreadState,
  { comments, seq }: { comments: readonly Comment[]; seq: number },
): ThreadState {
  return comments.reduce((all, comment) => {
    const learned = learn(all, comment, { seq, live: false });
    const listed = comment.parentId !== null || coversId(learned.top, learned.comments, comment.id);
    return listed ? place(learned, comment) : learned;
  }, state);
}

/** Wherever the pages have got to: what an address names is shown, behind the gap when need be. */
export function linked(
  state: ThreadState,
  { comments, seq }: { comments: readonly Comment[]; seq: number },
): ThreadState {
  const known = comments.reduce((all, comment) => {
    return place(learn(all, comment, { seq, live: false }), comment);
  }, state);
  const held = new Set([...known.held].filter((id) => !comments.some((comment) => comment.id === id)));
  return held.size === known.held.size ? known : { ...known, held };
}
