import type { Feature, Services } from '../feature.ts';
import { closeCycle } from './close-cycle.ts';
import { listBilledImpressions } from './list-billed-impressions.ts';
import { listInvoices } from './list-invoices.ts';
import { startMoneyLoop } from './money-loop.ts';
import { readPaymentStatus } from './read-payment-status.ts';
import { transitionInvoice } from './transition-invoice.ts';

/** What is owed and paid: cycles, deposits, settlements and credits; and what happens by itself when money runs out. */
export function billing({ pool, actPool, log, metrics }: Services): Feature {
  const loop = startMoneyLoop({ pool: actPool, log, metrics });
  return {
    operations: [
      closeCycle(pool, actPool),
      listInvoices(pool),
      listBilledImpressions(pool),
      readPaymentStatus(pool),
      transitionInvoice(actPool),
    ],
    stop: loop.stop,
  };
}
