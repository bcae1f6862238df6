import type { Comment } from '../../../server/contract/comment.ts';
import { withId } from './order.ts';
import { emptyList, type ThreadState, withEntry } from './state.ts';

/** Puts a comment that is known among its siblings, and opens the branch below it. */
export function place(state: ThreadState, comment: Comment): ThreadState {
  const { id, parentId } = comment;
  const listed = parentId === null ? withTop(state, id) : withReply(state, parentId, id);
  if (listed.branches.has(id)) return listed;
  const branch = { ...emptyList('oldest'), complete: comment.descendants === 0 };
  return { ...listed, branches: withEntry(listed.branches, id, branch) };
}

const withTop = (state: ThreadState, id: number): ThreadState => ({
  ...state,
  top: withId(state.top, state.comments, id),
});

function withReply(state: ThreadState, parentId: number, id: number): ThreadState {
  const branch = withId(state.branches.get(parentId) ?? emptyList('oldest'), state.comments, id);
  return { ...state, branches: withEntry(state.branches, parentId, branch) };
}
