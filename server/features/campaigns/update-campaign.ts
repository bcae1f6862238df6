import { z } from 'zod';
import { campaignSchema, updateCampaignBody } from '../../contract/campaign.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';
import { ownersOnly } from '../owners-only.ts';
import { campaignFor, selectCampaign } from './campaign-rows.ts';
import { columnsOf } from './profile-columns.ts';

/** Whoever watches the campaign hears of it as of any other program's update: a trigger announces it. */
export const updateCampaign = (pool: Pool, actPool: Pool): Operation =>
  operation({
    method: 'patch',
    path: '/campaigns/:id',
    summary: 'Change what a campaign says and how it is paid; what is not named stays',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    body: updateCampaignBody,
    answers: { 200: campaignSchema },
    handle: async (call) => {
      const who = caller(call);
      const columns = columnsOf(call.body, who);
      const names = Object.keys(columns);
      return once(actPool, call.receipt, async (client) => {
        if (names.length > 0) {
          await client.query(
            `update campaign_profile
             set ${names.map((name, place) => `${name} = $${place + 2}`).join(', ')}, updated_at = now() where id = $1`,
            [call.params.id, ...Object.values(columns)],
          );
        }
        const row = await selectCampaign(client, call.params.id);
        if (!row) throw new Refusal('unknown_campaign');
        return { status: 200, body: campaignFor(who, row) };
      });
    },
  });
