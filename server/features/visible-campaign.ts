import type { CampaignStatus } from '../contract/campaign.ts';
import { type Principal, seesHidden } from '../platform/auth/principal.ts';
import type { Pool } from '../platform/db.ts';
import { Refusal } from '../platform/refusal.ts';

const publicStatuses: ReadonlySet<CampaignStatus> = new Set(['live', 'paused', 'ended']);

interface CampaignRow {
  advertiserId: number | null;
  status: CampaignStatus;
}

/** The campaign if this person may know of it. Strangers don't learn of one that is not public. */
export async function visibleCampaign(pool: Pool, id: number, who: Principal | null): Promise<CampaignRow | null> {
  const { rows } = await pool.query<CampaignRow>({
    name: 'visible_campaign',
    text: 'select advertiser_id as "advertiserId", campaign_status(p) as status from campaign_profile p where id = $1',
    values: [id],
  });
  const [campaign] = rows;
  if (!campaign) return null;
  return publicStatuses.has(campaign.status) || seesHidden(who, campaign.advertiserId) ? campaign : null;
}

export async function requireCampaign(pool: Pool, id: number, who: Principal | null): Promise<CampaignRow> {
  const campaign = await visibleCampaign(pool, id, who);
  if (!campaign) throw new Refusal('unknown_campaign');
  return campaign;
}
