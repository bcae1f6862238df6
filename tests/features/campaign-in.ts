import type { CampaignStatus } from '../../server/contract/campaign.ts';
import type { TestApp } from '../support/app.ts';

export const statuses: readonly CampaignStatus[] = [
  'draft',
  'submitted',
  'verified',
  'rejected',
  'live',
  'paused',
  'ended',
  'cancelled',
];
export const hiddenStatuses = statuses.filter((status) => !['live', 'paused', 'ended'].includes(status));

const columns: Record<CampaignStatus, string> = {
  draft: `verification_status = 'draft'`,
  submitted: `submitted_date = now(), verification_status = 'submitted'`,
  verified: `submitted_date = now(), verification_status = 'verified', is_verified = true`,
  rejected: `submitted_date = now(), verification_status = 'rejected'`,
  live: 'launched_at = now()',
  paused: 'launched_at = now(), paused_at = now()',
  ended: 'launched_at = now(), ended_at = now()',
  cancelled: 'cancelled_by_user_id = 1',
};

/** A campaign of advertiser 5 in that status, as another program on the database would make it. */
export async function campaignIn(
  { pool }: Pick<TestApp, 'pool'>,
  status: CampaignStatus,
  id?: number,
): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    id === undefined
      ? `insert into campaign_profile (name, advertiser_id) values ('A campaign', 5) returning id`
      : `select ${id} as id`,
  );
  const campaignId = rows[0]?.id ?? 0;
  await pool.query(`update campaign_profile set ${columns[status]} where id = $1`, [campaignId]);
  return campaignId;
}

/** Moves a comment into a state that no operation reaches yet. */
export async function setCommentState({ pool }: Pick<TestApp, 'pool'>, commentId: number, status: string) {
  await pool.query(
    `insert into comment_state (comment_id, campaign_id, status, removed_by, removed_reason)
     select id, campaign_id, $2, 'moderator', 'spam' from campaign_engagement where id = $1
     on conflict (comment_id) do update set status = excluded.status`,
    [commentId, status],
  );
}
