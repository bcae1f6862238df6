import { z } from 'zod';
import { type Invoice, invoiceSchema, invoiceTransitionBody } from '../../contract/invoice.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';
import { refuseTooLong } from './too-long.ts';

/**
 * Admins alone move invoices; where each may go stands in move_invoice. To void one frees every impression that it charged,
 * which is as much work as closing it was.
 */
export const transitionInvoice = (actPool: Pool, closingPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/invoices/:id/transitions',
    summary: 'Move an invoice: open, pay, void, write off',
    access: (who) => who.roles.has('admin'),
    params: z.object({ id: idParamSchema }),
    body: invoiceTransitionBody,
    answers: { 200: invoiceSchema },
    handle: ({ params, body, receipt }) =>
      once(body.to === 'void' ? closingPool : actPool, receipt, async (client) => {
        const { rows } = await client.query<{ from: string; invoice: Invoice | null }>(
          `select i.status as from, m.invoice
           from campaign_invoices i left join lateral (
             select invoice_document(m) as invoice from move_invoice(i.id, $2, $3, $4) m where m.id is not null
           ) m on true
           where i.id = $1`,
          [params.id, body.to, body.paymentMethod ?? null, body.paymentTransactionId ?? null],
        );
        const [moved] = rows;
        if (!moved) throw new Refusal('unknown_invoice');
        if (!moved.invoice) throw new Refusal('illegal_invoice_transition', { detail: `to ${body.to}` });
        return { status: 200, body: moved.invoice };
      }).catch(refuseTooLong),
  });
