import type pg from 'pg';
import type { Campaign } from '../../contract/campaign.ts';
import { owns, type Principal } from '../../platform/auth/principal.ts';
import { camelCase } from '../camel-case.ts';

export interface CampaignRow {
  document: Campaign;
  profile: Record<string, unknown>;
}

const times = 'start_date submitted_date launched_at ended_at paused_at created_at updated_at status_at'.split(' ');

/** To be followed by `from campaign_profile p`. Times are written in UTC, whatever time zone the database is set to. */
export const campaignColumns = `campaign_document(p) as document,
  to_jsonb(p) || jsonb_build_object(${times.map((name) => `'${name}', iso(p.${name})`).join(', ')}) as profile`;

export async function selectCampaign(db: Pick<pg.Pool, 'query'>, id: number): Promise<CampaignRow | undefined> {
  const { rows } = await db.query<CampaignRow>({
    name: 'select_campaign',
    text: `select ${campaignColumns} from campaign_profile p where id = $1`,
    values: [id],
  });
  return rows[0];
}

/** Everybody gets the public part; the owner and admins get every column of the profile beside it. */
export function campaignFor(who: Principal | null, { document, profile }: CampaignRow): Campaign {
  if (!owns(who, document.advertiserId)) return document;
  const columns = Object.entries(profile).map(([name, value]) => [camelCase(name), value]);
  return { ...Object.fromEntries(columns), ...document };
}
