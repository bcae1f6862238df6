import type { Feature, Services } from '../feature.ts';
import { amendInvoice } from './amend-invoice.ts';
import { closeCycle } from './close-cycle.ts';
import { listBilledImpressions } from './list-billed-impressions.ts';
import { listInvoices } from './list-invoices.ts';
import { startMoneyLoop } from './money-loop.ts';
import { readPaymentStatus } from './read-payment-status.ts';
import { transitionInvoice } from './transition-invoice.ts';

/** What is owed and paid: cycles, deposits, settlements and credits; and what happens by itself when money runs out. */
export function billing({ pool, actPool, closingPool, log, metrics }: Services): Feature {
  const loop = startMoneyLoop({ pool: actPool, closingPool, log, metrics });
  return {
    operations: [
      closeCycle(pool, closingPool),
      listInvoices(pool),
      listBilledImpressions(pool),
      readPaymentStatus(pool),
      transitionInvoice(actPool, closingPool),
      amendInvoice(actPool),
    ],
    stop: loop.stop,
  };
}
