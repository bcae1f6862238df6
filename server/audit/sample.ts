import type { Pool } from '../platform/db.ts';
import { inTransaction } from '../platform/transaction.ts';
import { campaignsAfter, isKnown, sizesOf } from './campaign-ids.ts';
import { type Difference, differencesOf } from './difference.ts';
import { fixSnapshot } from './snapshot.ts';

/** A recount of a campaign with more rows than this is left to the `audit` command. */
const maxRows = 200_000;
const maxCounted = 10_000;
const maxKept = 10;

export interface Findings {
  /** At least; a projection that is all wrong is not counted to its end. */
  count: number;
  /** The first of them. */
  some: Difference[];
}

/** The campaign after this one, and after the last the first. */
export async function nextCampaign(pool: Pool, after: number): Promise<number | undefined> {
  const [next] = await campaignsAfter(pool, after, 1);
  return next ?? (await campaignsAfter(pool, 0, 1))[0];
}

/** Where to begin: a node that is started again every day would otherwise look at the first campaigns only. */
export async function anyPlace(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ place: number }>(
    'select floor(random() * coalesce(max(id), 0))::bigint as place from campaign_profile',
  );
  return Number(rows[0]?.place ?? 0);
}

/** A recount in a snapshot of its own; null when the campaign is too large for one. */
export function recount(pool: Pool, campaignId: number): Promise<Findings | null> {
  return inTransaction(pool, async (client) => {
    await fixSnapshot(client);
    const findings: Findings = { count: 0, some: [] };
    if (!(await isKnown(client, campaignId))) return findings;
    const sizes = await sizesOf(client, [campaignId], maxRows);
    if ((sizes.get(campaignId) ?? 0) >= maxRows) return null;
    for await (const difference of differencesOf(client, [campaignId])) {
      if (findings.count++ < maxKept) findings.some.push(difference);
      if (findings.count === maxCounted) break;
    }
    return findings;
  });
}
