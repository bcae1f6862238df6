import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { formatCount } from '../format.ts';
import { useStore } from '../watching.ts';
import { words } from '../words/moderation.ts';
import { BatchBar } from './batch-bar.tsx';
import { useDesk } from './desk-context.ts';
import { queues } from './desk-view.ts';
import { LineRow } from './line-row.tsx';
import type { Batch } from './use-batch.tsx';

const ROW = 116;

/** A queue as a list of which as many lines are drawn as are in sight. Nothing in it moves by itself. */
export function QueuePane({ inHand, batch }: { inHand: number | null; batch: Batch }) {
  const { live, view, show } = useDesk();
  const list = useStore(live.list);
  const counts = useStore(live.queues);
  const loading = useStore(live.loading);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: list.lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (place) => list.lines[place]?.item.commentId ?? place,
    overscan: 6,
  });
  const drawn = rows.getVirtualItems();
  const last = drawn.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= list.lines.length - 10 && list.cursor !== null) void live.more();
  }, [live, last, list.lines.length, list.cursor]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list moves for nobody but who moves
  useEffect(() => keepInSight(inHand), [inHand]);

  function keepInSight(id: number | null): void {
    const place = list.lines.findIndex(({ item }) => item.commentId === id);
    if (place === -1) return;
    rows.scrollToIndex(place, { align: 'auto' });
    const active = document.activeElement;
    // Whoever works in the list goes on there; whoever writes is left alone.
    if (active === null || active === document.body || scroller.current?.contains(active)) {
      requestAnimationFrame(() => document.getElementById(`line-${id}`)?.focus({ preventScroll: true }));
    }
  }

  const isByHarm = list.queue === 'reported' || list.queue === 'pending';
  return (
    <section className="pane queue-pane" aria-label={words.list.label(words.queues[list.queue])}>
      <nav className="queue-tabs" aria-label={words.queues.label}>
        {queues.map((queue) => (
          <button
            type="button"
            key={queue}
            className="queue-tab"
            aria-pressed={queue === view.queue}
            onClick={() => show({ queue, item: null })}
          >
            {words.queues[queue]}
            <span className="queue-count number" data-queue={queue}>
              {formatCount(counts?.[queue] ?? 0)}
            </span>
          </button>
        ))}
      </nav>
      <div className="queue-order">
        <span>{isByHarm ? words.list.byHarm : words.list.byTime}</span>
        {list.waiting.size > 0 && (
          <button type="button" className="fresh" title={words.list.freshHint} onClick={() => void live.refresh()}>
            {words.list.fresh(list.waiting.size)}
          </button>
        )}
      </div>
      <BatchBar batch={batch} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="queue-scroll" ref={scroller} tabIndex={0} aria-label={words.queues[list.queue]}>
        {list.lines.length === 0 ? (
          <Empty isLoading={loading.state === 'loading'} isFailed={loading.state === 'failed'} />
        ) : (
          <ol className="lines" style={{ height: rows.getTotalSize() }}>
            {drawn.map(({ index, start, key }) => {
              const line = list.lines[index];
              if (line === undefined) return null;
              return (
                <LineRow
                  key={key}
                  line={line}
                  isInHand={line.item.commentId === inHand}
                  top={start}
                  place={index + 1}
                  of={list.cursor === null ? list.lines.length : -1}
                />
              );
            })}
          </ol>
        )}
      </section>
    </section>
  );
}

function Empty({ isLoading, isFailed }: { isLoading: boolean; isFailed: boolean }) {
  const { live } = useDesk();
  const { queue } = useStore(live.list);
  if (isLoading) {
    return (
      <div aria-hidden="true">
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <div className="bone bone-row" key={key} />
        ))}
      </div>
    );
  }
  return (
    <div className="queue-empty">
      <p className="queue-empty-title">{isFailed ? words.failed : words.list.empty[queue]}</p>
      {isFailed ? (
        <button type="button" className="text-button" onClick={() => void live.show(queue)}>
          {words.retry}
        </button>
      ) : (
        <p className="panel-hint">{words.list.emptyHint[queue]}</p>
      )}
    </div>
  );
}
