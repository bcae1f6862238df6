import { z } from 'zod';
import type { ProblemCode } from '../../contract/errors.ts';
import { amendInvoiceBody, type Invoice, invoiceSchema } from '../../contract/invoice.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';

/** Discount and tax of a draft, the refund of a paid invoice; admins alone. Which may be set when stands in amend_invoice. */
export const amendInvoice = (actPool: Pool): Operation =>
  operation({
    method: 'patch',
    path: '/invoices/:id',
    summary: 'Set the discount and tax of a draft, or the refund of a paid invoice',
    access: (who) => who.roles.has('admin'),
    params: z.object({ id: idParamSchema }),
    body: amendInvoiceBody,
    answers: { 200: invoiceSchema },
    handle: ({ params, body, receipt }) =>
      once(actPool, receipt, async (client) => {
        const { rows } = await client.query<{ refusal: ProblemCode | null; document: Invoice }>(
          'select refusal, document from amend_invoice($1, $2::text::numeric, $3::text::numeric, $4::text::numeric)',
          [params.id, ...[body.discountAmount, body.taxAmount, body.refundAmount].map((money) => money?.toString())],
        );
        const [amended] = rows;
        if (!amended) throw new Refusal('unknown_invoice');
        if (amended.refusal) throw new Refusal(amended.refusal);
        return { status: 200, body: amended.document };
      }),
  });
