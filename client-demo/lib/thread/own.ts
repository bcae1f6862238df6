/**
 * What we wrote and others are not shown. Lists leave it out and the events about it bring no text, so it is kept beside
 * them as its author reads it, and put back among its siblings after each page.
 */
import type { Comment } from '../../../server/contract/comment.ts';
import { learn } from './content.ts';
import { coversId } from './lists.ts';
import { place } from './place.ts';
import type { ThreadState } from './state.ts';
import { isWithheld, withWords } from './withheld.ts';

export function learnOwn(state: ThreadState, comments: readonly Comment[]): ThreadState {
  const own = new Map(state.own);
  for (const comment of comments) {
    if (isWithheld(comment)) own.set(comment.id, withWords(comment, state));
    else own.delete(comment.id);
  }
  return placeOwn({ ...state, own });
}

/** By rank it can't be told where it belongs, so it stands first there. */
export function placeOwn(state: ThreadState): ThreadState {
  let all = state;
  for (const comment of state.own.values()) {
    const learned = learn(all, comment, { seq: 0, live: false });
    const { top, comments } = learned;
    const inRange = comment.parentId === null ? coversId(top, comments, comment.id) : comments.has(comment.parentId);
    if (inRange) all = place(learned, comment);
  }
  return all;
}
