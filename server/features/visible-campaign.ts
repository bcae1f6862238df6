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

/** The campaign of a comment that others than its author may know of; null for everything else. */
export async function campaignOfComment(pool: Pool, commentId: number): Promise<number | null> {
  const { rows } = await pool.query<{ campaignId: number }>({
    name: 'campaign_of_comment',
    text: `select campaign_id as "campaignId" from comment_documents
           where id = $1 and status in ('published', 'approved', 'removed', 'rejected')`,
    values: [commentId],
  });
  return rows[0]?.campaignId ?? null;
}

export async function requireCampaign(pool: Pool, id: number, who: Principal | null): Promise<CampaignRow> {
  const campaign = await visibleCampaign(pool, id, who);
  if (!campaign) throw new Refusal('unknown_campaign');
  return campaign;
}

/** The campaign of a comment if this person may see both. */
export async function requireComment(pool: Pool, commentId: number, who: Principal | null): Promise<number> {
  const campaignId = await campaignOfComment(pool, commentId);
  if (campaignId === null || !(await visibleCampaign(pool, campaignId, who))) throw new Refusal('unknown_comment');
  return campaignId;
}
