import type pg from 'pg';

/**
 * Makes the open transaction one snapshot that stays true. TRUNCATE ignores snapshots: one that came between would leave
 * the projections of before beside the rows of after. So the tables are held against it, before the first query, which
 * is what takes the snapshot.
 */
export async function fixSnapshot(client: pg.ClientBase): Promise<void> {
  await client.query('set transaction isolation level repeatable read read only');
  await client.query('lock table campaign_profile, campaign_impressions, campaign_engagement in access share mode');
}
