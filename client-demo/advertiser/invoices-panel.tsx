import { useState } from 'react';
import { type Invoice, readPages } from '../lib/advertiser/advertiser-api.ts';
import { compareDecimals } from '../lib/decimal.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { formatDate, formatMoney, formatWhole } from './format.ts';
import { InvoiceDialog } from './invoice-dialog.tsx';
import { numberOf } from './invoice-number.ts';
import { MoreButton } from './more-button.tsx';
import { Panel, Pending } from './panel.tsx';

const { invoices } = words;

/** What is owed and paid, newest first. An invoice opens to the impressions it charges. */
export function InvoicesPanel() {
  const { live } = useAdvertising();
  const [opened, setOpened] = useState<Invoice | null>(null);
  const [pages, setPages] = useState(1);
  const { value, code } = useLiveQuery({
    key: String(pages),
    read: async () => {
      const [list, payment] = await Promise.all([
        readPages((cursor) => live.api.invoices(live.campaignId, cursor), pages),
        live.api.paymentStatus(live.campaignId),
      ]);
      return { ...list, payment };
    },
    when: live.bills,
    everyMs: 30_000,
  });
  return (
    <Panel
      title={invoices.title}
      aside={
        value !== null && (
          <span className="status" data-status={value.payment.status}>
            {invoices.payment[value.payment.status]}
          </span>
        )
      }
    >
      {value === null ? (
        <Pending code={code} />
      ) : value.items.length === 0 ? (
        <p className="panel-note">
          {invoices.empty}. {invoices.emptyHint}
        </p>
      ) : (
        <InvoiceTable items={value.items} onOpen={setOpened} />
      )}
      {value !== null && value.nextCursor !== null && <MoreButton onMore={() => setPages(pages + 1)} />}
      {opened !== null && <InvoiceDialog invoice={opened} onClose={() => setOpened(null)} />}
    </Panel>
  );
}

function InvoiceTable({ items, onOpen }: { items: Invoice[]; onOpen: (invoice: Invoice) => void }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={invoices.title}>
      <table className="table invoices">
        <thead>
          <tr>
            <th scope="col">{invoices.number}</th>
            <th scope="col">{invoices.state}</th>
            <th scope="col">{invoices.period}</th>
            <th scope="col" className="figure">
              {invoices.impressions}
            </th>
            <th scope="col" className="figure">
              {invoices.amount}
            </th>
            <th scope="col">{invoices.due}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((invoice) => (
            <InvoiceRow invoice={invoice} key={invoice.id} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function InvoiceRow({ invoice, onOpen }: { invoice: Invoice; onOpen: (invoice: Invoice) => void }) {
  const { timezone } = useAdvertising().view;
  const { billingPeriodStart: begins, billingPeriodEnd: ends, dueDate, refundAmount, status, invoiceType } = invoice;
  return (
    <tr data-invoice={invoice.id}>
      <th scope="row">
        <button
          type="button"
          className="text-button number"
          aria-label={invoices.open(numberOf(invoice))}
          onClick={() => onOpen(invoice)}
        >
          {numberOf(invoice)}
        </button>
        <span className="quiet"> {invoices.type[invoiceType]}</span>
      </th>
      <td>
        <span className="status" data-status={status}>
          {invoices.status[status]}
        </span>
      </td>
      <td className="quiet" data-cell="period">
        {begins === null || ends === null ? '–' : `${formatDate(begins, timezone)} – ${formatDate(ends, timezone)}`}
      </td>
      <td className="figure number" data-cell="impressions" data-name={invoices.impressions}>
        {formatWhole(invoice.impressionsDelivered)}
      </td>
      <td className="figure number" data-amount={invoice.amount}>
        {formatMoney(invoice.amount)}
        {compareDecimals(refundAmount, '0') > 0 && (
          <span className="refund">{invoices.refund(formatMoney(refundAmount))}</span>
        )}
      </td>
      <td className="quiet" data-cell="due" data-name={invoices.due}>
        {dueDate === null ? '–' : formatDate(dueDate, timezone)}
      </td>
    </tr>
  );
}
