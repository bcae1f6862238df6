import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from '../watching.ts';
import { CommentItem } from './comment-item.tsx';
import { wantedRoot } from './permalink.ts';

/** What a comment takes, in px, before it was measured, and what it has below it: as in discussion.css. */
const GUESSED_PX = 132;
const BELOW_PX = 22;
const OVERSCAN = 8;

interface WindowedCommentsProps {
  ids: readonly number[];
  /** Whether more can be loaded: how long the list will be is not known then. */
  more: boolean;
}

/**
 * A long list of comments, of which only those near the view are on the page. What holds the focus or a begun text stays,
 * however far it is. Comments that were drawn before the list grew long are as high as they were, so nothing jumps.
 */
export default function WindowedComments({ ids, more }: WindowedCommentsProps) {
  const list = useRef<HTMLOListElement>(null);
  const top = useTop(list);
  const [before] = useState(() => heightsOf(ids));
  const rangeExtractor = useCallback((range: Range) => {
    const shown = new Set([...defaultRangeExtractor(range), ...inUse(list.current)]);
    return [...shown].filter((index) => index < range.count).sort((a, b) => a - b);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: ids.length,
    estimateSize: (index) => before.get(ids[index] ?? 0) ?? GUESSED_PX,
    getItemKey: (index) => ids[index] ?? index,
    overscan: OVERSCAN,
    scrollMargin: top,
    initialOffset: () => scrollY,
    rangeExtractor,
    useFlushSync: false,
  });
  const wanted = useStore(wantedRoot);
  useEffect(() => {
    const index = wanted === null ? -1 : ids.indexOf(wanted);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'center' });
  }, [wanted, ids, virtualizer]);
  return (
    <ol className="comments comments-windowed" ref={list} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ key, index, start }) => (
        <CommentItem
          key={key}
          id={ids[index] ?? 0}
          level={0}
          index={index}
          count={more ? -1 : ids.length}
          start={start - top}
          measure={virtualizer.measureElement}
        />
      ))}
    </ol>
  );
}

/** How far from the top of the document the list begins, px; it moves when something above it grows. */
function useTop(list: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(() => place(document.querySelector('.thread > .comments')));
  useLayoutEffect(() => {
    const look = () => setTop(place(list.current));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [list]);
  return top;
}

const place = (list: Element | null): number => Math.round((list?.getBoundingClientRect().top ?? 0) + scrollY);

/** Of the comments that are on the page when the list becomes a windowed one. */
function heightsOf(ids: readonly number[]): ReadonlyMap<number, number> {
  const heights = new Map<number, number>();
  for (const id of ids) {
    const item = document.getElementById(`comment-${id}`);
    if (item !== null) heights.set(id, item.offsetHeight + BELOW_PX);
  }
  return heights;
}

/** The places of comments that hold the focus, or a text that somebody has begun. */
function inUse(list: HTMLElement | null): number[] {
  const held = list?.querySelectorAll(':scope > :focus, :scope > :focus-within, :scope > :has(textarea)') ?? [];
  return [...held].map((item) => Number(item.getAttribute('data-index')));
}
