import { z } from 'zod';
import { billedImpressionSchema, billedImpressionsQuery } from '../../contract/invoice.ts';
import { idParamSchema, idSchema, pageOf } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { ownersOnly } from '../owners-only.ts';

const keyset = z.object({ list: z.literal('billed'), invoice: idSchema, id: idSchema });

/**
 * What stands behind an invoice's number: those it charges, or charged until it was void, those a credit note took back, and
 * of a note those it took. Of one that another program deleted since nothing but its id is known.
 */
const text = `
  select b.impression_id as "impressionId", iso(r.created_at) as "seenAt", r.placement, iso(r.charged_at) as "chargedAt",
    b.credited_by as "creditedBy"
  from (
    (select impression_id, null::bigint as credited_by from invoice_impression
      where invoice_id = $1 and impression_id > $2 order by impression_id limit $3)
    union all
    (select impression_id, null from invoice_release
      where invoice_id = $1 and impression_id > $2 order by impression_id limit $3)
    union all
    (select impression_id, min(credit_note_id) from invoice_credit
      where invoice_id = $1 and impression_id > $2 group by impression_id order by impression_id limit $3)
    union all
    (select impression_id, credit_note_id from invoice_credit
      where credit_note_id = $1 and impression_id > $2 order by impression_id limit $3)
  ) b
  left join campaign_impressions r on r.id = b.impression_id
  order by b.impression_id limit $3`;

export const listBilledImpressions = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/invoices/:invoiceId/impressions',
    summary: 'The impressions that an invoice charges, or a credit note took back',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema, invoiceId: idParamSchema }),
    query: billedImpressionsQuery,
    answers: { 200: pageOf(billedImpressionSchema) },
    handle: async ({ params: { id, invoiceId }, query: { limit, cursor } }) => {
      const after = decodeCursor(keyset.extend({ invoice: z.literal(invoiceId) }), cursor);
      const known = await pool.query('select from campaign_invoices where id = $1 and campaign_id = $2', [
        invoiceId,
        id,
      ]);
      if (known.rowCount === 0) throw new Refusal('unknown_invoice');
      const { rows } = await pool.query<z.infer<typeof billedImpressionSchema>>({
        name: 'billed_impressions',
        text,
        values: [invoiceId, after?.id ?? 0, limit + 1],
      });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const next = last && { list: 'billed', invoice: invoiceId, id: last.impressionId };
      return { status: 200, body: { items, nextCursor: next ? encodeCursor(next) : null } };
    },
  });
