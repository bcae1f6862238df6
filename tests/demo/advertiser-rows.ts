/** The advertiser's figures counted from the rows themselves, in words of our own: no projection, no view, no function. */
import type { TestApp } from '../support/app.ts';

const valid = `select i.*, coalesce(i.user_id::text, 's ' || i.session_id) as viewer from campaign_impressions i
  where i.campaign_id = 1 and not exists (select from impression_verdict v where v.impression_id = i.id)`;
const sums = `count(*)::integer as impressions, count(*) filter (where is_viewable)::integer as viewable,
  count(*) filter (where clicked)::integer as clicks, count(*) filter (where converted)::integer as conversions`;

async function rows<T>(app: TestApp, text: string, values: unknown[] = []): Promise<T[]> {
  return (await app.pool.query(text, values)).rows as T[];
}

export type Counts = Record<'impressions' | 'viewable' | 'clicks' | 'conversions', number>;

export async function countsOf(app: TestApp): Promise<Counts & { reach: number; spend: string; left: string }> {
  const [counts] = await rows<Counts & { reach: number; spend: string; left: string }>(
    app,
    `select ${sums}, count(distinct viewer)::integer as reach, sum(cpi_rate)::text as spend,
       round((select campaign_budget from campaign_profile where id = 1)
         - count(*) * (select cpi_rate from campaign_profile where id = 1), 2) as left
     from (${valid}) i`,
  );
  if (counts === undefined) throw new Error('an aggregate answers with one row');
  return counts;
}

/** Of the last seven days on the calendar of a zone. */
export async function funnelOf(app: TestApp, zone: string): Promise<number[]> {
  const [counts] = await rows<Counts>(
    app,
    `select ${sums} from (${valid}) i
     where created_at >= (date_trunc('day', now() at time zone $1) - interval '6 days') at time zone $1`,
    [zone],
  );
  return Object.values(counts ?? {});
}

export const placementsOf = (app: TestApp, zone: string): Promise<{ name: string; impressions: number }[]> =>
  rows(
    app,
    `select coalesce(placement, 'Not said') as name, count(*)::integer as impressions from (${valid}) i
     where created_at >= (date_trunc('day', now() at time zone $1) - interval '6 days') at time zone $1
     group by 1 order by 2 desc, 1`,
    [zone],
  );

/** How many people saw it once, twice … ten times and more. */
export async function frequencyOf(app: TestApp): Promise<number[]> {
  const found = await rows<{ n: number }>(
    app,
    `select (select count(*) from (select least(count(*), 10) as times from (${valid}) i group by viewer) p
       where p.times = bin)::integer as n from generate_series(1, 10) bin order by bin`,
  );
  return found.map(({ n }) => n);
}
