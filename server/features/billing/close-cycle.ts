import { z } from 'zod';
import { closeCycleBody, type Invoice, invoiceSchema } from '../../contract/invoice.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';
import { ownersOnly } from '../owners-only.ts';
import { refuseTooLong } from './too-long.ts';

/**
 * Bills every valid impression that stands on no invoice yet (the oldest 300,000, where there are more: the next call
 * bills the rest). Of two at once the second finds nothing.
 */
export const closeCycle = (pool: Pool, closingPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/campaigns/:id/billing/cycles',
    summary: 'Close a billing cycle now',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    body: closeCycleBody,
    answers: { 201: invoiceSchema },
    handle: ({ params, receipt }) =>
      once(closingPool, receipt, async (client) => {
        const { rows } = await client.query<{ invoice: Invoice }>(
          `select invoice_document(i) as invoice from close_billing($1, 'cycle', closing_bound()) i where i.id is not null`,
          [params.id],
        );
        if (!rows[0]) throw new Refusal('nothing_to_bill');
        return { status: 201, body: rows[0].invoice };
      }).catch(refuseTooLong),
  });
