import { z } from 'zod';
import { campaignSchema, listCampaignsQuery } from '../../contract/campaign.ts';
import { idSchema, pageOf } from '../../contract/primitives.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { type CampaignRow, campaignColumns, campaignFor } from './campaign-rows.ts';

const keyset = z.object({ id: idSchema });

/** Campaigns that the caller may see, newest first. */
export const listCampaigns = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns',
    summary: 'Campaigns, newest first',
    access: 'public',
    query: listCampaignsQuery,
    answers: { 200: pageOf(campaignSchema) },
    handle: async ({ query: { limit, cursor, status }, who }) => {
      const after = decodeCursor(keyset, cursor);
      const { rows } = await pool.query<CampaignRow>({
        name: 'list_campaigns',
        text: `select ${campaignColumns} from campaign_profile p
               where ($1::bigint is null or id < $1)
                 and ($2::text is null or campaign_status(p) = $2)
                 and ($3 or campaign_status(p) in ('live', 'paused', 'ended') or advertiser_id = $4)
               order by id desc limit $5`,
        values: [after?.id ?? null, status ?? null, seesAll(who), ownAdvertiser(who), limit + 1],
      });
      const items = rows.slice(0, limit).map((row) => campaignFor(who, row));
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { status: 200, body: { items, nextCursor: last ? encodeCursor({ id: last.id }) : null } };
    },
  });

const seesAll = (who: Principal | null) => who?.roles.has('admin') || who?.roles.has('moderator') || false;
const ownAdvertiser = (who: Principal | null) => (who?.roles.has('advertiser') ? who.advertiserId : null);
