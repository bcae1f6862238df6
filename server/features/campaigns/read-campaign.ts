import { z } from 'zod';
import { campaignSchema } from '../../contract/campaign.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { requireCampaign } from '../visible-campaign.ts';
import { campaignFor, selectCampaign } from './campaign-rows.ts';

export const readCampaign = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id',
    summary: 'One campaign',
    access: 'public',
    params: z.object({ id: idParamSchema }),
    answers: { 200: campaignSchema },
    handle: async ({ params, who }) => {
      await requireCampaign(pool, params.id, who);
      const row = await selectCampaign(pool, params.id);
      if (!row) throw new Refusal('unknown_campaign');
      return { status: 200, body: campaignFor(who, row) };
    },
  });
