import type { z } from 'zod';
import { idParamSchema } from '../contract/primitives.ts';
import { owns, type Principal } from '../platform/auth/principal.ts';
import type { Pool } from '../platform/db.ts';
import type { Access } from '../platform/http/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { visibleCampaign } from './visible-campaign.ts';

/** The owner of the path's campaign, and admins. Of an id that is none they hear so, others nothing. */
export const ownersOnly =
  (pool: Pool): Access =>
  async (who, id) => {
    const parsed: z.ZodSafeParseResult<number> = idParamSchema.safeParse(id);
    if (!parsed.success) return who.roles.has('admin') || who.roles.has('advertiser');
    return owns(who, (await visibleCampaign(pool, parsed.data, who))?.advertiserId ?? null);
  };

/** The same for a campaign that is named elsewhere than in the path. */
export async function requireOwned(pool: Pool, id: number, who: Principal | null): Promise<void> {
  const campaign = await visibleCampaign(pool, id, who);
  if (!campaign) throw new Refusal('unknown_campaign');
  if (!owns(who, campaign.advertiserId)) throw new Refusal('forbidden');
}
