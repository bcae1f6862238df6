/** Comments as they come in, each judged by the seq at which it was true. */
import type { Comment, ListedComment } from '../../../server/contract/comment.ts';
import { mergeRead } from '../registers.ts';
import { branchBelow } from './lists.ts';
import type { PageRead } from './messages.ts';
import { type Entry, type ThreadState, withEntry } from './state.ts';
import { trackOwn } from './withheld.ts';

/** Keeps what is known when it is true at a later seq. The counts in an event are those of its moment: only a first guess. */
export function learn(state: ThreadState, comment: Comment, from: { seq: number; live: boolean }): ThreadState {
  const known = state.comments.get(comment.id);
  const newer = known === undefined || from.seq > known.seq;
  const entry: Entry = newer ? { comment, seq: from.seq, live: known?.live ?? from.live } : known;
  return {
    ...state,
    comments: newer ? withEntry(state.comments, comment.id, entry) : state.comments,
    tallies: state.tallies.has(comment.id)
      ? state.tallies
      : withEntry(state.tallies, comment.id, mergeRead({}, countsOf(comment), state.tick)),
  };
}

/**
 * An edit or a removal. When nothing is left below a removed comment its counts are gone with it, and no frame will come
 * to say so.
 */
export function changed(state: ThreadState, comment: Comment, seq: number): ThreadState {
  const learned = learn(trackOwn(state, comment), comment, { seq, live: false });
  const { replies, descendants, ...tally } = learned.tallies.get(comment.id) ?? {};
  if (comment.removed === undefined || comment.descendants > 0 || !replies || !descendants) return learned;
  const below = { replies: { ...replies, value: 0 }, descendants: { ...descendants, value: 0 } };
  return { ...learned, tallies: withEntry(learned.tallies, comment.id, { ...tally, ...below }) };
}

/** The comments of a page with their previews, their counts and the branches below them. The lists are the caller's. */
export function learnPage(state: ThreadState, page: PageRead): ThreadState {
  const comments = new Map(state.comments);
  const tallies = new Map(state.tallies);
  const branches = new Map(state.branches);
  for (const item of page.items.flatMap((listed) => [...(listed.replyPreview ?? []), listed])) {
    const known = comments.get(item.id);
    if (known === undefined || page.seq > known.seq) {
      comments.set(item.id, { comment: bare(item), seq: page.seq, live: known?.live ?? false });
    }
    tallies.set(item.id, mergeRead(tallies.get(item.id) ?? {}, countsOf(item), page.since));
    branches.set(item.id, branchBelow(item, branches.get(item.id), comments, page.previews));
  }
  return { ...state, comments, tallies, branches };
}

const countsOf = ({ likes, replies, descendants }: Comment) => ({ likes, replies, descendants });

function bare({ replyPreview: _, ...comment }: ListedComment): Comment {
  return comment;
}
