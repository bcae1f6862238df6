/** What we wrote and others are not shown, as events about it come. */
import type { Comment } from '../../../server/contract/comment.ts';
import { type ThreadState, withEntry } from './state.ts';

export const isWithheld = ({ status }: Comment): boolean => status === 'pending' || status === 'rejected';

/** An event about a comment of ours: it stays in our sight when it leaves that of others, and not when we took it back. */
export function trackOwn(state: ThreadState, comment: Comment): ThreadState {
  if (comment.author.id !== state.viewerId) return state;
  if (isWithheld(comment)) return { ...state, own: withEntry(state.own, comment.id, withWords(comment, state)) };
  if (!state.own.has(comment.id)) return state;
  const own = new Map(state.own);
  own.delete(comment.id);
  return { ...state, own };
}

/** A rejected comment is told without its text; we may have read it before. */
export function withWords(comment: Comment, state: ThreadState): Comment {
  if (comment.text !== null) return comment;
  const text = state.own.get(comment.id)?.text ?? state.comments.get(comment.id)?.comment.text ?? null;
  return { ...comment, text };
}
