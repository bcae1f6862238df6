import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { billedImpressionSchema } from '../../server/contract/invoice.ts';
import type { Invoice } from '../lib/advertiser/advertiser-api.ts';
import { codeOf } from '../lib/problem.ts';
import { Modal } from '../modal.tsx';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { formatMoment, formatMoney, formatWhole } from './format.ts';
import { numberOf } from './invoice-number.ts';

type Billed = z.infer<typeof billedImpressionSchema>;
const { invoices } = words;
const ROW = 40;

/** The impressions behind an invoice: as many lines as are in sight are drawn, and pages come as one scrolls. */
export function InvoiceDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { items, isComplete, code, more } = useBilled(invoice);
  const { timezone } = useAdvertising().view;
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const last = lines.getVirtualItems().at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= items.length - 20 && !isComplete && code === null) more();
  }, [last, items.length, isComplete, code, more]);
  return (
    <Modal title={invoices.dialog(numberOf(invoice))} onClose={onClose}>
      <p className="modal-hint">
        {invoices.type[invoice.invoiceType]} · {formatMoney(invoice.amount)} ·{' '}
        {formatWhole(invoice.impressionsDelivered)} {invoices.impressions.toLowerCase()}
      </p>
      <div className="billed-head" aria-hidden="true">
        <span>{invoices.impression}</span>
        <span>{invoices.seen}</span>
        <span>{invoices.placement}</span>
        <span>{invoices.state}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="billed" ref={scroller} tabIndex={0} aria-label={invoices.impressions}>
        <ol className="billed-lines" style={{ height: lines.getTotalSize() }}>
          {lines.getVirtualItems().map(({ index, start }) => {
            const item = items[index];
            if (item === undefined) return null;
            return (
              <li
                className="billed-line"
                key={item.impressionId}
                style={{ transform: `translateY(${start}px)` }}
                aria-setsize={isComplete ? items.length : -1}
                aria-posinset={index + 1}
              >
                <span className="number">{item.impressionId}</span>
                <span className="number">
                  {item.seenAt === null ? words.breakdown.unknown : formatMoment(item.seenAt, timezone)}
                </span>
                <span>{item.placement ?? words.breakdown.unknown}</span>
                <span>{item.creditedBy === null ? invoices.charged : invoices.credited}</span>
              </li>
            );
          })}
        </ol>
      </section>
      <p className="modal-hint" role="status">
        {code !== null
          ? invoices.broken
          : isComplete && items.length === 0
            ? invoices.none
            : invoices.loaded(items.length, formatWhole(items.length))}
      </p>
      {code !== null && (
        <button type="button" className="text-button" onClick={more}>
          {words.retry}
        </button>
      )}
    </Modal>
  );
}

function useBilled(invoice: Invoice) {
  const { api, campaignId } = useAdvertising().live;
  const [pages, setPages] = useState<{ items: Billed[]; cursor: string | null; code: string | null }>({
    items: [],
    cursor: '',
    code: null,
  });
  const asking = useRef(false);
  const { cursor } = pages;
  const more = useCallback(async () => {
    if (asking.current || cursor === null) return;
    asking.current = true;
    try {
      const page = await api.billed(campaignId, invoice.id, cursor === '' ? undefined : cursor);
      setPages(({ items }) => ({ items: [...items, ...page.items], cursor: page.nextCursor, code: null }));
    } catch (error) {
      setPages((known) => ({ ...known, code: codeOf(error) }));
    } finally {
      asking.current = false;
    }
  }, [api, campaignId, invoice.id, cursor]);
  return { items: pages.items, isComplete: cursor === null, code: pages.code, more };
}
