import { idParamSchema } from '../contract/primitives.ts';
import { owns, type Principal } from '../platform/auth/principal.ts';
import type { Pool } from '../platform/db.ts';
import { visibleCampaign } from './visible-campaign.ts';

/** For an operation's `access`: the campaign's owner and admins. Of an id that is none whoever may own any hears so. */
export const ownsCampaign =
  (pool: Pool) =>
  async (who: Principal, id: string): Promise<boolean> => {
    const parsed = idParamSchema.safeParse(id);
    if (!parsed.success) return who.roles.has('admin') || who.roles.has('advertiser');
    const campaign = await visibleCampaign(pool, parsed.data, who);
    return campaign !== null && owns(who, campaign.advertiserId);
  };
