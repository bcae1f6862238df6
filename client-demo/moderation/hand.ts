/**
 * What can be done with the comment in hand. The pane that shows it offers it here, and the keyboard and the commands use
 * it, so that all three do the same.
 */
import { Store } from '../lib/store.ts';

export const reasons = ['offensive', 'abusive', 'spam', 'illegal', 'off_topic', 'other'] as const;

export interface Hand {
  readonly commentId: number;
  readonly author: { readonly id: number; readonly name: string };
  approve(): void;
  /** For the reason that is chosen, or for this one. */
  reject(reason?: string): void;
  choose(reason: string): void;
  explain(): void;
  escalate(): void;
  claim(): void;
  note(): void;
  sanction(): void;
}

export const hand = new Store<Hand | null>(null);
/** Comments marked for a batch. */
export const marked = new Store<ReadonlySet<number>>(new Set());

export function toggleMark(id: number): void {
  const now = new Set(marked.get());
  if (!now.delete(id)) now.add(id);
  marked.set(now);
}
