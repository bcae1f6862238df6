import type pg from 'pg';
import { z } from 'zod';
import { type CampaignStatus, campaignSchema, type TransitionTarget, transitionBody } from '../../contract/campaign.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import { owns, type Principal } from '../../platform/auth/principal.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';
import { visibleCampaign } from '../visible-campaign.ts';
import { campaignFor, selectCampaign } from './campaign-rows.ts';

const legal: Record<CampaignStatus, readonly TransitionTarget[]> = {
  draft: ['submitted', 'cancelled'],
  submitted: ['verified', 'rejected', 'cancelled'],
  rejected: ['submitted', 'cancelled'],
  verified: ['live', 'cancelled'],
  live: ['paused', 'ended', 'cancelled'],
  paused: ['live', 'ended', 'cancelled'],
  ended: [],
  cancelled: [],
};
const adminsOnly: ReadonlySet<TransitionTarget> = new Set(['verified', 'rejected']);

/** The status is derived from the profile; a transition sets the columns it is derived from. $2: who, $3: why. */
const changes: Record<TransitionTarget, string> = {
  submitted: `submitted_date = now(), verification_status = 'submitted', is_verified = false`,
  verified: `verification_status = 'verified', is_verified = true`,
  rejected: `verification_status = 'rejected', is_verified = false`,
  live: 'launched_at = coalesce(launched_at, now()), paused_at = null, pause_reason = null',
  paused: 'paused_at = now(), pause_reason = $3',
  ended: 'ended_at = now()',
  cancelled: 'cancelled_by_user_id = $2, cancellation_reason = $3',
};

export const transitionCampaign = (pool: Pool, actPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/campaigns/:id/transitions',
    summary: 'Move a campaign: submit, verify, reject, launch, pause, end, cancel',
    access: (who, id) => mayMove(pool, who, id),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    body: transitionBody,
    answers: { 200: campaignSchema },
    handle: async (call) => {
      const who = caller(call);
      return once(actPool, call.receipt, async (client) => {
        await move(client, call.params.id, call.body.to, call.body.reason ?? null, who);
        const row = await selectCampaign(client, call.params.id);
        if (!row) throw new Refusal('unknown_campaign');
        return { status: 200, body: campaignFor(who, row) };
      });
    },
  });

/** The owner and admins; of an id that is none they hear so. */
async function mayMove(pool: Pool, who: Principal, id: string): Promise<boolean> {
  const parsed = idParamSchema.safeParse(id);
  if (!parsed.success) return who.roles.has('admin') || who.roles.has('advertiser');
  const campaign = await visibleCampaign(pool, parsed.data, who);
  return campaign !== null && owns(who, campaign.advertiserId);
}

async function move(client: pg.PoolClient, id: number, to: TransitionTarget, reason: string | null, who: Principal) {
  const { rows } = await client.query<{ status: CampaignStatus }>(
    'select campaign_status(p) as status from campaign_profile p where id = $1 for no key update',
    [id],
  );
  const [campaign] = rows;
  if (!campaign) throw new Refusal('unknown_campaign');
  if (adminsOnly.has(to) && !who.roles.has('admin')) throw new Refusal('forbidden');
  if (!legal[campaign.status].includes(to)) {
    throw new Refusal('illegal_transition', { detail: `from ${campaign.status} to ${to}` });
  }
  await client.query(
    `update campaign_profile set ${changes[to]}, status_by = $2::bigint, status_at = now(), updated_at = now(),
       status_reason = coalesce($3::text, status_reason)
     where id = $1`,
    [id, who.userId, reason],
  );
}
