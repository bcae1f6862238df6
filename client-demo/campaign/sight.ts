import type { ThreadState } from '../lib/thread/state.ts';
import { wantedRoot } from './permalink.ts';

/** How many frames a comment may take to be drawn, and how many it has to stand still before it counts as placed. */
const PATIENCE = 60;
const STILL = 3;

/** Scrolls to a comment and gives it the focus; a windowed list is brought there first, which draws it. */
export function bringIntoSight(state: ThreadState, id: number): void {
  requestAnimationFrame(() => {
    if (itemOf(id) !== null) {
      show(id, matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth');
      return;
    }
    wantedRoot.set(rootOf(state, id));
    whenStill(id, PATIENCE, Number.NaN, 0);
  });
}

/** The top-level comment above it; itself when it is one. */
export function rootOf(state: ThreadState, id: number): number {
  let root = id;
  for (let above = state.comments.get(root)?.comment.parentId; above; ) {
    root = above;
    above = state.comments.get(root)?.comment.parentId;
  }
  return root;
}

const itemOf = (id: number) => document.getElementById(`comment-${id}`);

function whenStill(id: number, patience: number, last: number, still: number): void {
  requestAnimationFrame(() => {
    const top = itemOf(id)?.getBoundingClientRect().top ?? Number.NaN;
    const stood = top === last ? still + 1 : 0;
    if (stood < STILL && patience > 0) return whenStill(id, patience - 1, top, stood);
    wantedRoot.set(null);
    show(id, 'auto');
  });
}

function show(id: number, behavior: ScrollBehavior): void {
  const item = itemOf(id);
  item?.querySelector('.comment-body')?.scrollIntoView({ block: 'center', behavior });
  item?.focus({ preventScroll: true });
}
