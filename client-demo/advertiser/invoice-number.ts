import type { Invoice } from '../lib/advertiser/advertiser-api.ts';

/** What an invoice is called: a draft has no number yet. */
export const numberOf = (invoice: Invoice): string => invoice.invoiceNumber ?? String(invoice.id);
