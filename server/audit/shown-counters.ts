import type { Pool } from '../platform/db.ts';
import type { StateOfFrame } from '../relay/frame.ts';
import type { Difference } from './audit-database.ts';

/** What a node last showed of a campaign's counters against the database: at the same version they have to be the same. */
export async function compareShown(
  pool: Pool,
  campaignId: number,
  shown: StateOfFrame | undefined,
): Promise<Difference[]> {
  if (!shown) return [];
  const { rows } = await pool.query<{ version: number; data: string }>(
    'select version, counters_document(c)::text as data from campaign_counters c where campaign_id = $1',
    [campaignId],
  );
  const [row] = rows;
  if (!row || row.version !== shown.version || row.data === shown.data) return [];
  return [{ campaignId, projection: 'shown', key: shown.name, stored: shown.data, counted: row.data }];
}
