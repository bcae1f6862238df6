import type pg from 'pg';
import { MAX_BUCKETS, type StatsInterval, type StatsQuery } from '../../contract/stats.ts';
import { Refusal } from '../../platform/refusal.ts';

/** A range cut into buckets. Moments are ISO 8601 UTC with microseconds: comparing them as strings compares the times. */
export interface Range {
  from: string;
  to: string;
  /** Where each bucket begins; the first may begin before `from`. */
  starts: string[];
}

export interface ResolvedRange extends Range {
  interval: StatsInterval;
}

type Db = Pick<pg.ClientBase, 'query'>;
type Asked = Pick<StatsQuery, 'from' | 'to' | 'interval' | 'timezone'>;

const seconds: Record<StatsInterval, number> = {
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 7 * 86_400,
  month: 30 * 86_400,
};

/** What was asked for as moments: dates are whole days of the zone, both included; else the last 30 days. */
export async function resolveRange(db: Db, { from, to, interval, timezone }: Asked): Promise<ResolvedRange> {
  const isDate = (moment: string | undefined) => moment?.length === 10;
  const { rows } = await db.query<{ from: string; to: string; span: number }>(
    `with upper as (
       select coalesce($1::timestamptz, local_start($2::date + interval '1 day', $5), now()) as at
     ), whole as (
       select coalesce($3::timestamptz, local_start($4::date::timestamp, $5),
         local_start(date_trunc('day', (at - interval '1 microsecond') at time zone $5) - interval '29 days', $5)) as since, at
       from upper
     )
     select iso(since) as from, iso(at) as to, extract(epoch from at - since)::float8 as span from whole`,
    [isDate(to) ? null : to, isDate(to) ? to : null, isDate(from) ? null : from, isDate(from) ? from : null, timezone],
  );
  const [range] = rows;
  if (!range || range.span <= 0) {
    throw new Refusal('invalid_query', { errors: [{ pointer: '/to', message: 'has to come after from' }] });
  }
  const chosen = interval ?? intervalFor(range.span);
  return { from: range.from, to: range.to, interval: chosen, starts: await startsOf(db, range, chosen, timezone) };
}

/** The range to compare with, in buckets of the same interval. */
export async function rangeBefore(
  db: Db,
  { from, to, interval }: ResolvedRange,
  { compare, timezone }: StatsQuery,
): Promise<Range> {
  const { rows } = await db.query<{ from: string; to: string; span: number }>(
    `with clock as (select $1::timestamptz as f, $2::timestamptz as t, $1::timestamptz at time zone $3 as lf, $2::timestamptz at time zone $3 as lt),
     -- From midnight to midnight it is the days before, however many hours those had.
     moved as (
       select case
           when $4 = 'year_over_year' then local_start(lf - interval '1 year', $3)
           when lf::time = '00:00' and lt::time = '00:00' then local_start(lf - (lt - lf), $3)
           else f - (t - f) end as since,
         case when $4 = 'year_over_year' then local_start(lt - interval '1 year', $3) else f end as at
       from clock
     )
     select iso(since) as from, iso(at) as to, extract(epoch from at - since)::float8 as span from moved`,
    [from, to, timezone, compare],
  );
  const [before] = rows;
  if (!before) throw new Error('a range has one before it');
  return { from: before.from, to: before.to, starts: await startsOf(db, before, interval, timezone) };
}

/** Some 30 to 200 buckets, as charts take them. */
function intervalFor(span: number): StatsInterval {
  if (span <= 2 * seconds.hour) return 'minute';
  if (span <= 3 * seconds.day) return 'hour';
  if (span <= 100 * seconds.day) return 'day';
  return span <= 730 * seconds.day ? 'week' : 'month';
}

async function startsOf(
  db: Db,
  { from, to, span }: { from: string; to: string; span: number },
  interval: StatsInterval,
  timezone: string,
): Promise<string[]> {
  const expected = Math.ceil(span / seconds[interval]);
  if (expected > 1.1 * MAX_BUCKETS) throw tooMany(expected);
  const { rows } = await db.query<{ at: string }>(
    'select iso(at) as at from time_buckets($1, $2, $3, $4) at order by 1',
    [from, to, interval, timezone],
  );
  if (rows.length > MAX_BUCKETS) throw tooMany(rows.length);
  return rows.map(({ at }) => at);
}

const tooMany = (count: number) =>
  new Refusal('too_many_buckets', {
    detail: `The range has some ${count} buckets of this interval and ${MAX_BUCKETS} are the most.`,
  });
