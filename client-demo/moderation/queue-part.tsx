import { useEffect, useMemo } from 'react';
import { neighbour } from '../lib/moderation/queue-list.ts';
import { useStore } from '../watching.ts';
import { words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { hand, marked, reasons, toggleMark } from './hand.ts';
import { ItemPane } from './item-pane.tsx';
import { QueuePane } from './queue-pane.tsx';
import { undoLast } from './undo-last.ts';
import { useAnnouncements } from './use-announcements.ts';
import { useBatch } from './use-batch.tsx';
import { useKeys } from './use-keys.ts';
import { useWide } from './use-wide.ts';

/** A queue, and beside it the comment in hand. On a phone one after the other. */
export function QueuePart() {
  const desk = useDesk();
  const { live, view, show } = desk;
  const list = useStore(live.list);
  const isWide = useWide();
  const batch = useBatch();
  const inHand = view.item;
  const first = neighbour(list, null, 1);
  useAnnouncements(live);

  useEffect(() => {
    if (live.list.get().queue === view.queue) return;
    marked.set(new Set());
    void live.show(view.queue);
  }, [live, view.queue]);
  // It stays in hand from now on, whatever comes or leaves before it.
  useEffect(() => {
    if (isWide && inHand === null && first !== null && list.queue === view.queue) show({ item: first }, true);
  }, [isWide, inHand, first, list.queue, view.queue, show]);
  useEffect(() => live.sweep(inHand), [live, inHand]);

  const keys = useMemo(() => {
    const move = (step: 1 | -1) => {
      const next = neighbour(live.list.get(), inHand, step);
      if (next !== null) show({ item: next }, true);
    };
    const one = (act: (now: NonNullable<ReturnType<typeof hand.get>>) => void) => () => {
      const now = hand.get();
      if (now !== null) act(now);
    };
    return {
      j: () => move(1),
      k: () => move(-1),
      g: () => void live.refresh(),
      a: one((now) => now.approve()),
      r: one((now) => now.reject()),
      e: one((now) => now.escalate()),
      c: one((now) => now.claim()),
      n: one((now) => now.note()),
      s: one((now) => now.sanction()),
      x: one((now) => now.explain()),
      b: () => inHand !== null && toggleMark(inHand),
      u: () => void undoLast(desk),
      A: () => void batch.decide('approve', null),
      R: () => void batch.decide('reject', batch.reason),
      ...Object.fromEntries(reasons.map((reason, place) => [String(place + 1), one((now) => now.choose(reason))])),
    };
  }, [desk, live, inHand, show, batch]);
  useKeys(keys);

  return (
    <div className="queue-panes" data-open={inHand !== null}>
      <QueuePane inHand={inHand} batch={batch} />
      {inHand === null ? (
        <section className="pane item-pane item-none" aria-label={words.item.label}>
          {list.lines.length > 0 && <p className="panel-note">{words.item.noneHint}</p>}
        </section>
      ) : (
        <ItemPane id={inHand} key={inHand} />
      )}
      {batch.dialog}
    </div>
  );
}
