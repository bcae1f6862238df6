import { z } from 'zod';
import { paymentStatusAnswer } from '../../contract/invoice.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { ownersOnly } from '../owners-only.ts';
import { requireCampaign } from '../visible-campaign.ts';

export const readPaymentStatus = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/payment-status',
    summary: 'What of a campaign is paid',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    answers: { 200: paymentStatusAnswer },
    handle: async ({ params, who }) => {
      await requireCampaign(pool, params.id, who);
      const { rows } = await pool.query<z.infer<typeof paymentStatusAnswer>>({
        name: 'payment_status',
        text: 'select get_campaign_payment_status($1) as status',
        values: [params.id],
      });
      return { status: 200, body: rows[0] };
    },
  });
