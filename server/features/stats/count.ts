import type pg from 'pg';
import type { StatsDimension, StatsQuery } from '../../contract/stats.ts';
import { cutsOf } from './cuts.ts';
import { type FactsAsked, factsOf, type Traffic, viewersOf } from './facts.ts';
import { type Figures, figuresOf, isEngagement, noSums, type Sums } from './figures.ts';
import type { Range, ResolvedRange } from './range.ts';

type Db = Pick<pg.ClientBase, 'query'>;

const sumColumns = `coalesce(sum(impressions), 0)::bigint as impressions, coalesce(sum(viewable), 0)::bigint as viewable,
  coalesce(sum(clicks), 0)::bigint as clicks, coalesce(sum(conversions), 0)::bigint as conversions,
  coalesce(sum(spend), 0)::text as spend, coalesce(sum(likes), 0)::bigint as likes,
  coalesce(sum(shares), 0)::bigint as shares, coalesce(sum(comments), 0)::bigint as comments`;

export interface Counted {
  totals: Figures;
  series: ({ at: string } & Figures)[];
}

/** Totals and a line a bucket, zeros included. */
export async function countSeries(db: Db, { campaignId, query, interval }: Question, range: Range): Promise<Counted> {
  const asked = askedOf({ campaignId, query, interval }, range, []);
  const facts = factsOf(asked);
  facts.values.push(range.starts);
  const bucket = (place: number) => `width_bucket(at, $${place}::timestamptz[])`;
  const { rows } = await db.query<Sums & { n: number | null }>(
    `select ${bucket(facts.values.length)} as n, ${sumColumns} from (${facts.sql}) f group by grouping sets ((), (1))`,
    facts.values,
  );
  const people = new Map<number | null, number>();
  if (query.metrics.includes('uniques')) {
    const viewers = viewersOf(asked);
    if (range.starts.length > 1) viewers.values.push(range.starts);
    const { rows: counts } = await db.query<{ n: number | null; people: number }>(
      range.starts.length > 1
        ? `with seen as materialized (select distinct ${bucket(viewers.values.length)} as n, user_id, session from (${viewers.sql}) r)
           select n, count(*) as people from seen group by n
           union all select null, count(*) from (select distinct user_id, session from seen) s`
        : `select n, people from (select count(*) as people from (select distinct user_id, session from (${viewers.sql}) r) s) whole,
             unnest(array[1, null]) n`,
      viewers.values,
    );
    for (const { n, people: count } of counts) people.set(n, count);
  }
  const sums = new Map(rows.map((row) => [row.n, row]));
  const figures = (n: number | null) =>
    figuresOf(query.metrics, sums.get(n) ?? noSums, people.get(n) ?? 0, asked.tellsEngagement);
  return {
    totals: figures(null),
    series: range.starts.map((at, place) => ({ at, ...figures(place + 1) })),
  };
}

/** A line for each combination of the dimensions, most impressions first; `size` is how many there are. */
export async function countBreakdown(
  db: Db,
  question: Question,
  range: Range,
): Promise<{ lines: Record<string, unknown>[]; size: number }> {
  const { metrics, dimensions, limit } = question.query;
  if (dimensions.length === 0) return { lines: [], size: 0 };
  const asked = askedOf(question, range, dimensions);
  const facts = factsOf(asked);
  const keys = dimensions.map((name) => `"${name}"`).join(', ');
  const { rows } = await db.query<Sums & Record<StatsDimension, string> & { size: number }>(
    `select ${keys}, ${sumColumns}, count(*) over () as size from (${facts.sql}) f group by ${keys}
     having (sum(impressions), sum(likes), sum(shares), sum(comments)) <> (0, 0, 0, 0)
     order by sum(impressions) desc, ${dimensions.map((name) => `"${name}" collate "C"`).join(', ')} limit ${limit}`,
    facts.values,
  );
  const keyOf = (row: Record<StatsDimension, string>) => JSON.stringify(dimensions.map((name) => row[name]));
  const people = new Map<string, number>();
  if (metrics.includes('uniques')) {
    const viewers = viewersOf(asked);
    const { rows: counts } = await db.query<Record<StatsDimension, string> & { people: number }>(
      `select ${keys}, count(*) as people from (select distinct ${keys}, user_id, session from (${viewers.sql}) r) s group by ${keys}`,
      viewers.values,
    );
    for (const row of counts) people.set(keyOf(row), row.people);
  }
  const lines = rows.map((row) => ({
    ...Object.fromEntries(dimensions.map((name) => [name, row[name] === '' ? null : row[name]])),
    ...figuresOf(metrics, row, people.get(keyOf(row)) ?? 0, asked.tellsEngagement),
  }));
  return { lines, size: rows[0]?.size ?? 0 };
}

export interface Question {
  campaignId: number;
  query: StatsQuery;
  interval: ResolvedRange['interval'];
}

/** Engagement knows these alone. */
const ofEngagement: ReadonlySet<StatsDimension> = new Set(['device', 'location']);

function askedOf(
  { campaignId, query, interval }: Question,
  range: Range,
  by: StatsDimension[],
): FactsAsked & { tellsEngagement: boolean } {
  const named = [...by, ...query.filters.map(([, dimension]) => dimension)];
  const traffic: Traffic = query.traffic ?? (named.includes('trafficClass') ? 'all' : 'valid');
  const hourly = traffic === 'valid' && !named.includes('location') && !named.includes('trafficClass');
  // Likes have no traffic class, so there are none of the invalid.
  const tellsEngagement = traffic !== 'invalid' && named.every((dimension) => ofEngagement.has(dimension));
  return {
    campaignId,
    cuts: cutsOf(range, interval, hourly),
    filters: query.filters,
    traffic,
    engagement: tellsEngagement ? query.metrics.filter(isEngagement) : [],
    tellsEngagement,
  };
}
