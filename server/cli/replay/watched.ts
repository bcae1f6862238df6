import { campaignStream } from '../../contract/live.ts';
import { campaignDocument, campaignName, commentName, type Documents } from './documents.ts';
import type { Watcher } from './watcher.ts';

/** What a watcher would show: comments as their last event gave them, with the newest counts that came. */
export function watchedState(watcher: Watcher, campaignIds: number[]): Documents {
  const documents: Documents = new Map();
  for (const campaignId of campaignIds) {
    const state = watcher.streams.get(campaignStream(campaignId));
    if (!state) continue;
    for (const comment of state.comments.values()) {
      // A tombstone without replies is in no list, so it is no part of what is shown.
      const { likes, replies, descendants } = state.commentCounters.get(comment.id)?.data ?? comment;
      if (comment.removed && replies === 0) continue;
      documents.set(commentName(comment.id), { ...comment, likes, replies, descendants });
    }
    if (state.campaignCounters) {
      documents.set(campaignName(campaignId), campaignDocument(state.campaignCounters.data));
    }
  }
  return documents;
}

/** Has it got every event up to these heads? */
export function hasReached(watcher: Watcher, heads: Map<number, number>): boolean {
  return [...heads].every(([id, head]) => (watcher.streams.get(campaignStream(id))?.seq ?? 0) >= head);
}
