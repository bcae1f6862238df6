import type pg from 'pg';

type Db = Pick<pg.Client, 'query'>;

const tables = {
  campaign_counters: 'campaign_id',
  comment_counters: 'comment_id',
  campaign_viewers: 'campaign_id, viewer',
  campaign_invalid_counters: 'campaign_id, class',
  campaign_invalid_viewers: 'campaign_id, viewer',
  impression_hourly: 'campaign_id, hour, placement, audience, region, device_type',
  impression_quarter_hourly:
    'campaign_id, quarter_hour, placement, audience, region, device_type, location, traffic_class',
  moderation_item: 'comment_id',
  moderation_queue: 'queue',
};

async function projections(db: Db): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const [table, key] of Object.entries(tables)) {
    const some = table.endsWith('hourly') ? 'where impressions <> 0' : '';
    const { rows } = await db.query(`select to_jsonb(t) as row from ${table} t ${some} order by ${key}`);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

/** The projections as they are, and as a recount of every campaign would make them; the recount is rolled back. */
export async function recounted(db: Db): Promise<{ stored: object; recounted: object }> {
  const stored = await projections(db);
  await db.query('begin');
  await db.query('select recount_campaign(id) from campaign_profile order by campaign_stream(id)');
  const fresh = await projections(db);
  await db.query('rollback');
  return { stored, recounted: fresh };
}

/** Every version and head there is, by name. */
export async function versionsOf(db: Db): Promise<Map<string, number>> {
  const { rows } = await db.query<{ name: string; version: string }>(
    `select 'counters ' || campaign_id as name, version from campaign_counters
     union all select 'comment ' || comment_id || ' of ' || campaign_id, version from comment_counters
     union all select 'version of ' || stream, version from live_stream
     union all select 'head of ' || stream, head from live_stream`,
  );
  return new Map(rows.map(({ name, version }) => [name, Number(version)]));
}

/** The names whose version is lower than it was. */
export function fallen(before: Map<string, number>, after: Map<string, number>): string[] {
  return [...before].filter(([name, version]) => (after.get(name) ?? version) < version).map(([name]) => name);
}
