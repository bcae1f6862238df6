import pg from 'pg';

/** One derived value that is not what a recount gives. `stored` and `counted` are JSON or plain text, null: not there. */
export interface Difference {
  campaignId: number;
  projection: string;
  key: string;
  stored: string | null;
  counted: string | null;
}

interface AuditOptions {
  /** One campaign; all of them when left out. */
  campaign?: number;
  onProgress?: (done: number, total: number) => void;
}

const pageSize = 200;

/**
 * Compares everything derived with a recount, campaign by campaign, in one snapshot while others write: projections are
 * moved in the transaction of their rows, so any snapshot has to be equal. Memory is bounded by one campaign's
 * differences; the recount itself is PostgreSQL's and spills to disk.
 */
export async function* auditDatabase(databaseUrl: string, options: AuditOptions = {}): AsyncGenerator<Difference> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'campaign-pulse audit' });
  client.on('error', () => {}); // the query under way rejects with the same
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const total = options.campaign ? 1 : await countCampaigns(client);
    let done = 0;
    for await (const campaignId of campaignIds(client, options.campaign)) {
      yield* await auditCampaign(client, campaignId);
      options.onProgress?.(++done, total);
    }
  } finally {
    await client.end();
  }
}

export async function auditCampaign(db: Pick<pg.ClientBase, 'query'>, campaignId: number): Promise<Difference[]> {
  const { rows } = await db.query<Difference>(
    'select $1::bigint as "campaignId", projection, key, stored, counted from audit_campaign($1)',
    [campaignId],
  );
  return rows;
}

async function countCampaigns(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ total: string }>('select count(*) as total from campaign_profile');
  return Number(rows[0]?.total ?? 0);
}

/** Campaigns, and ids that only a projection still knows. */
async function* campaignIds(client: pg.Client, only: number | undefined): AsyncGenerator<number> {
  if (only !== undefined) return yield only;
  let after = 0;
  for (;;) {
    const { rows } = await client.query<{ id: string }>(
      `select id from (
         select id from campaign_profile where id > $1
         union select campaign_id from campaign_counters where campaign_id > $1
       ) known order by id limit ${pageSize}`,
      [after],
    );
    for (const { id } of rows) yield Number(id);
    if (rows.length < pageSize) return;
    after = Number(rows.at(-1)?.id);
  }
}
