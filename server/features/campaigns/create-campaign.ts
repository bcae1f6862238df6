import { campaignSchema, createCampaignBody } from '../../contract/campaign.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';
import { campaignFor, selectCampaign } from './campaign-rows.ts';
import { columnsOf } from './profile-columns.ts';

/** A new draft. An advertiser makes their own; an admin names the advertiser. */
export const createCampaign = (pool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/campaigns',
    summary: 'Create a campaign, as a draft',
    access: (who) => who.roles.has('admin') || (who.roles.has('advertiser') && who.advertiserId !== null),
    body: createCampaignBody,
    answers: { 201: campaignSchema },
    handle: async (call) => {
      const who = caller(call);
      const columns = { ...columnsOf(call.body, who), advertiser_id: call.body.advertiserId ?? who.advertiserId };
      const names = Object.keys(columns);
      return once(pool, call.receipt, async (client) => {
        const { rows } = await client.query<{ id: number }>(
          `insert into campaign_profile (${names.join(', ')})
           values (${names.map((_, place) => `$${place + 1}`).join(', ')}) returning id`,
          Object.values(columns),
        );
        const row = await selectCampaign(client, rows[0]?.id ?? 0);
        if (!row) throw new Refusal('unknown_campaign');
        return { status: 201, body: campaignFor(who, row) };
      });
    },
  });
