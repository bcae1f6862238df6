import type pg from 'pg';

type Db = Pick<pg.ClientBase, 'query'>;

const pageSize = 200;

/** Campaigns, and ids that only a projection still knows. Each has an index that begins with the id. */
const sources = [
  ['campaign_profile', 'id'],
  ['campaign_counters', 'campaign_id'],
  ['comment_counters', 'campaign_id'],
  ['campaign_viewers', 'campaign_id'],
  ['impression_hourly', 'campaign_id'],
  ['campaign_invalid_counters', 'campaign_id'],
  ['campaign_invalid_viewers', 'campaign_id'],
  ['impression_quarter_hourly', 'campaign_id'],
  ['moderation_item', 'campaign_id'],
] as const;

const nearest = sources
  .map(([table, column]) => `select min(${column}) as id from ${table} where ${column} > known.id`)
  .join(' union all ');

// From id to id by the indexes: `select distinct` would read every row of the largest campaign.
const text = `
  with recursive known (id, place) as (
    select $1::bigint, 0
    union all
    select (select min(id) from (${nearest}) next), place + 1 from known where id is not null and place < $2
  )
  select id from known where place > 0 and id is not null order by place`;

/** The next ids after this one, in ascending order; [] after the last. */
export async function campaignsAfter(db: Db, after: number, limit = pageSize): Promise<number[]> {
  const { rows } = await db.query<{ id: string | number }>({ name: 'audit_ids', text, values: [after, limit] });
  return rows.map(({ id }) => Number(id));
}

/** Whether there is anything to audit under this id. */
export async function isKnown(db: Db, campaignId: number): Promise<boolean> {
  return (await campaignsAfter(db, campaignId - 1, 1))[0] === campaignId;
}

/** How many impressions and engagements a campaign has, each counted up to `most`. From the rows: the counters may be wrong. */
export async function sizesOf(db: Db, campaignIds: number[], most: number): Promise<Map<number, number>> {
  const { rows } = await db.query<{ id: string | number; size: string | number }>({
    name: 'audit_sizes',
    // Both tables have an id of their own, which would be the nearer one.
    text: `select known.id, (select count(*) from (select from campaign_impressions where campaign_id = known.id limit $2) i)
             + (select count(*) from (select from campaign_engagement where campaign_id = known.id limit $2) e) as size
           from unnest($1::bigint[]) known (id)`,
    values: [campaignIds, most],
  });
  return new Map(rows.map(({ id, size }) => [Number(id), Number(size)]));
}

/** All of them, a page at a time. */
export async function* allCampaigns(db: Db): AsyncGenerator<number[]> {
  for (let page = await campaignsAfter(db, 0); page.length > 0; page = await campaignsAfter(db, page.at(-1) ?? 0)) {
    yield page;
  }
}
