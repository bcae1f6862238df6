import { z } from 'zod';
import { type Invoice, invoiceSchema, listInvoicesQuery } from '../../contract/invoice.ts';
import { idParamSchema, idSchema, pageOf } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { ownersOnly } from '../owners-only.ts';
import { requireCampaign } from '../visible-campaign.ts';

const keyset = z.object({ list: z.literal('invoices'), id: idSchema });

export const listInvoices = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/invoices',
    summary: 'The invoices of a campaign, newest first',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    query: listInvoicesQuery,
    answers: { 200: pageOf(invoiceSchema) },
    handle: async ({ params, query: { limit, cursor }, who }) => {
      await requireCampaign(pool, params.id, who);
      const after = decodeCursor(keyset, cursor);
      const { rows } = await pool.query<{ invoice: Invoice }>({
        name: 'list_invoices',
        text: `select invoice_document(i) as invoice from campaign_invoices i
               where i.campaign_id = $1 and i.id < coalesce($2::bigint, 9223372036854775807)
               order by i.id desc limit $3`,
        values: [params.id, after?.id ?? null, limit + 1],
      });
      const items = rows.slice(0, limit).map(({ invoice }) => invoice);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        status: 200,
        body: { items, nextCursor: last ? encodeCursor({ list: 'invoices', id: last.id }) : null },
      };
    },
  });
