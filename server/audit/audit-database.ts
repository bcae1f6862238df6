import pg from 'pg';
import { allCampaigns, isKnown, sizesOf } from './campaign-ids.ts';
import { type Difference, differencesOf, otherDifferences } from './difference.ts';
import { fixSnapshot } from './snapshot.ts';

/** Up to here no plan is so bad that it matters. */
const smallRows = 2_000;

interface AuditOptions {
  /** One campaign; all of them when left out. */
  campaign?: number;
  onProgress?: (done: number, total: number) => void;
}

/** There is no such campaign, and nothing derived from one either. */
export class UnknownCampaign extends Error {
  override readonly name = 'UnknownCampaign';
}

/**
 * Compares everything derived with a recount, campaign by campaign, in one snapshot while others write: projections are
 * moved in the transaction of their rows, so any snapshot has to be equal. Memory is bounded by a page of differences;
 * the recount itself is PostgreSQL's and spills to disk.
 */
export async function* auditDatabase(databaseUrl: string, options: AuditOptions = {}): AsyncGenerator<Difference> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'campaign-pulse audit' });
  client.on('error', () => {}); // the query under way rejects with the same
  await client.connect();
  try {
    await client.query('begin');
    await fixSnapshot(client);
    yield* auditSnapshot(client, options);
  } finally {
    await client.end();
  }
}

async function* auditSnapshot(client: pg.Client, { campaign, onProgress }: AuditOptions): AsyncGenerator<Difference> {
  if (campaign !== undefined) {
    if (!(await isKnown(client, campaign))) throw new UnknownCampaign(`There is no campaign ${campaign}.`);
    yield* differencesOf(client, [campaign]);
    onProgress?.(1, 1);
    return;
  }
  const { rows } = await client.query<{ total: string }>('select count(*) as total from campaign_profile');
  const total = Number(rows[0]?.total ?? 0);
  let done = 0;
  onProgress?.(done, total);
  for await (const page of allCampaigns(client)) {
    for (const ids of await asStatements(client, page)) {
      yield* differencesOf(client, ids);
      done += ids.length;
      onProgress?.(done, total);
    }
  }
  yield* otherDifferences(client);
}

/** The small campaigns together, each large one alone. */
async function asStatements(client: pg.Client, page: number[]): Promise<number[][]> {
  const sizes = await sizesOf(client, page, smallRows);
  const isSmall = (id: number) => (sizes.get(id) ?? 0) < smallRows;
  const small = page.filter(isSmall);
  const large = page.filter((id) => !isSmall(id)).map((id) => [id]);
  return small.length > 0 ? [small, ...large] : large;
}
