import { z } from 'zod';
import { idSchema, pageQuery, textSchema, timeSchema } from './primitives.ts';

/**
 * `GET /campaigns/:id/stats?metrics&dimensions&from&to&interval&timezone&filters&compare`, after Plausible's query.
 *
 * - `metrics`: a comma list, all of them when left out. Rates are fractions with six decimals, 0 where there is nothing to
 *   divide by. `uniques` are distinct people (user, else session) of whatever it stands beside: of the whole range, of one
 *   bucket, of one cell; never a sum. `comments` are the published ones, by when they were written.
 * - `dimensions`: a comma list; each combination with anything of the metrics in it is a line of `breakdown`, the one with most
 *   impressions first, null where a row says nothing. `breakdownSize` says how many there are, `limit` (1 to 1000, default
 *   1000) how many are told.
 * - `from`, `to`: moments (`to` is not part of the range any more) or dates of the zone (both days are part of it). Default:
 *   the last 30 days up to now. `interval`: minute, hour, day, week (from Monday), month; the default suits the range.
 *   A bucket's `at` is where it begins in `timezone` (an IANA name, default UTC), also when the range begins later.
 * - `filters`: JSON, `[[operator, dimension, [value, …]], …]`; all of them have to hold, one of the values each. Operators:
 *   `is`, `is_not`, `contains`, `contains_not` (case-sensitive). null is "says nothing".
 * - `traffic`: valid (the default), invalid or all. A filter on trafficClass decides by itself, and a breakdown by it shows
 *   every class while totals and series stay with the valid.
 * - `compare`: previous_period (as many days before, or as long before) or year_over_year: `comparison` has the totals and
 *   the series of then, and `change` the totals' relative change, null where there was nothing.
 *
 * Likes, shares and comments have a device and a location and no other dimension: beside any other one, in `dimensions` or
 * in `filters`, and for invalid traffic they are null. Spend is a number with at most six decimals.
 */
export const statsMetrics = [
  'impressions',
  'viewable',
  'clicks',
  'conversions',
  'uniques',
  'viewabilityRate',
  'clickThroughRate',
  'conversionRate',
  'spend',
  'likes',
  'shares',
  'comments',
] as const;
export type StatsMetric = (typeof statsMetrics)[number];

export const statsDimensions = ['placement', 'audience', 'region', 'device', 'location', 'trafficClass'] as const;
export type StatsDimension = (typeof statsDimensions)[number];

export const statsIntervals = ['minute', 'hour', 'day', 'week', 'month'] as const;
export type StatsInterval = (typeof statsIntervals)[number];

export const MAX_BUCKETS = 2_000;
export const MAX_BREAKDOWN = 1_000;

const listOf = <T extends string>(known: readonly [T, ...T[]]) =>
  z
    .string()
    .transform((list) => list.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(known)).min(1))
    .transform((names) => [...new Set(names)]);

const dateSchema = z.iso.date().refine((date) => !date.startsWith('0000'), 'is no date');
/** Before 1975 some clocks were not whole quarter hours from UTC. */
const momentSchema = z
  .union([dateSchema, timeSchema])
  .refine((time) => time >= '1975-01-02' && time < '2200', 'has to lie between 1975-01-02 and 2200');

/** IANA names of areas and places, and UTC: PostgreSQL reads CET or EST as an offset that knows no daylight saving. */
export const zoneSchema = z
  .string()
  .max(64)
  .refine((zone) => zone === 'UTC' || (/^[A-Za-z]+(\/[\w+-]+)+$/.test(zone) && isZone(zone)), 'is no IANA time zone');

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const filterSchema = z.tuple([
  z.enum(['is', 'is_not', 'contains', 'contains_not']),
  z.enum(statsDimensions),
  z
    .array(textSchema.pipe(z.string().max(200)).nullable())
    .min(1)
    .max(100),
]);
export type StatsFilter = z.infer<typeof filterSchema>;

const filtersSchema = z
  .string()
  .max(8_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'is no JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.array(filterSchema).max(20));

export const statsQuery = z.object({
  metrics: listOf(statsMetrics).default([...statsMetrics]),
  dimensions: listOf(statsDimensions).default([]),
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  interval: z.enum(statsIntervals).optional(),
  timezone: zoneSchema.default('UTC'),
  filters: filtersSchema.default([]),
  traffic: z.enum(['valid', 'invalid', 'all']).optional(),
  compare: z.enum(['previous_period', 'year_over_year']).optional(),
  limit: z
    .string()
    .regex(/^[0-9]{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(1))
    .transform((limit) => Math.min(limit, MAX_BREAKDOWN))
    .default(MAX_BREAKDOWN),
});
export type StatsQuery = z.infer<typeof statsQuery>;

const figure = z.number().nullable();
const figures = z.partialRecord(z.enum(statsMetrics), figure);
export type StatsFigures = z.infer<typeof figures>;

const series = z.array(z.looseObject({ at: timeSchema }));
export const statsAnswer = z.object({
  from: timeSchema,
  to: timeSchema,
  interval: z.enum(statsIntervals),
  timezone: z.string(),
  totals: figures,
  series,
  breakdown: z.array(z.looseObject({})),
  breakdownSize: z.int().min(0),
  comparison: z.object({ from: timeSchema, to: timeSchema, totals: figures, series, change: figures }).optional(),
});
export type StatsAnswer = z.infer<typeof statsAnswer>;

export const frequencyQuery = z.object({
  limit: z
    .string()
    .regex(/^[0-9]{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(1))
    .transform((limit) => Math.min(limit, 100))
    .default(10),
});
/** How many people saw the campaign once, twice …; the last line holds all who saw it that often or more. */
export const frequencyAnswer = z.object({
  reach: z.int().min(0),
  impressions: z.int().min(0),
  frequency: z.number(),
  histogram: z.array(
    z.object({ frequency: z.int().min(1), orMore: z.boolean(), viewers: z.int(), impressions: z.int() }),
  ),
});

export const overlapQuery = z.object({
  with: z
    .string()
    .regex(/^[0-9]{1,16}$/)
    .transform(Number)
    .pipe(idSchema),
});
const audience = z.object({ campaignId: idSchema, reach: z.int().min(0), only: z.int().min(0), share: z.number() });
/** People who saw both, and each alone; `share` is the part of a campaign's reach that both have. Exact. */
export const overlapAnswer = z.object({ both: z.int().min(0), either: z.int().min(0), campaigns: z.array(audience) });

export const personQuery = z.object(pageQuery);
const person = z.object({ id: idSchema, name: z.string() });
export const commenterItem = z.object({ user: person, comments: z.int(), likes: z.int(), lastAt: timeSchema });
/** Who liked, shared or commented and has no valid click. Saves and follows are private and count for nothing here. */
export const retargetingItem = z.object({ user: person, engagements: z.int(), lastAt: timeSchema });
