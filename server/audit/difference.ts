import type pg from 'pg';

/** One derived value that is not what a recount gives. `stored` and `counted` are JSON or plain text, null: not there. */
export interface Difference {
  /** Null: of no campaign that is there. */
  campaignId: number | null;
  projection: string;
  key: string;
  stored: string | null;
  counted: string | null;
}

type Db = Pick<pg.ClientBase, 'query'>;

const pageSize = 500;

/**
 * All that is wrong with these campaigns, page by page: a million differences are never in memory at once. One statement
 * for many small campaigns saves planning it for each; a large one wants a plan of its own, so it comes alone.
 */
export function differencesOf(client: Db, campaignIds: number[]): AsyncGenerator<Difference> {
  const [only] = campaignIds;
  return campaignIds.length === 1
    ? readPaged(client, `select ${only}::bigint as campaign, a.* from audit_campaign(${only}) a`)
    : readPaged(
        client,
        `select campaign, a.* from unnest('{${campaignIds}}'::bigint[]) campaign, audit_campaign(campaign) a`,
      );
}

/** Streams that are no campaign's (of one that is gone, too), and rows of side tables that stand beside nothing. */
export function otherDifferences(client: Db): AsyncGenerator<Difference> {
  return readPaged(
    client,
    `select null::bigint as campaign, a.*
     from (select stream from live_stream union select stream from live_event union select stream from live_outbox) s,
       audit_stream(s.stream) a
     where not exists (select from campaign_profile p where campaign_stream(p.id) = s.stream)
       and not exists (select from campaign_profile p where advertiser_stream(p.id) = s.stream)
     union all
     select null, o.* from audit_orphans() o
     union all
     select null, d.* from audit_desk() d
     union all
     select null, p.* from audit_people() p`,
  );
}

/** The caller has a transaction open, and no other cursor of ours in it. */
async function* readPaged(client: Db, query: string): AsyncGenerator<Difference> {
  // Every row is fetched in the end, so a plan that is good for the first ones alone is none.
  await client.query('set local cursor_tuple_fraction = 1');
  await client.query(`declare differences no scroll cursor for ${query}`);
  for (;;) {
    const { rows } = await client.query<Difference & { campaign: string | number | null }>(
      `fetch ${pageSize} from differences`,
    );
    for (const { campaign, ...difference } of rows) {
      yield { ...difference, campaignId: campaign === null ? null : Number(campaign) };
    }
    if (rows.length < pageSize) break;
  }
  await client.query('close differences');
}
