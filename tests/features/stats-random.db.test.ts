import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { type Api, advertiser } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import type { Untyped } from '../support/untyped.ts';
import { campaign, statsPath } from './stats-world.ts';

let app: TestApp;
let owner: Api;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
});

const seeds = process.env.SEED ? [Number(process.env.SEED)] : [1, 2, Math.floor(Math.random() * 2 ** 31)];
const zones = [
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Asia/Kolkata', 'America/Havana'],
  ...['Pacific/Chatham', 'Australia/Lord_Howe', 'America/St_Johns'],
];
const columns = {
  ...{ placement: 'placement', audience: 'audience', region: 'region', device: 'device_type', location: 'location' },
  trafficClass: 'traffic',
} as const;
type Dimension = keyof typeof columns;
const vocabulary: Record<Dimension, (string | null)[]> = {
  placement: ['widget', 'popup', null],
  audience: ['tutor', 'user', null],
  region: ['North', 'South', null],
  device: ['mobile', 'desktop', null],
  location: ['Oslo', 'Bergen', null],
  trafficClass: ['valid', 'crawler', 'flood'],
};
const names = Object.keys(columns) as Dimension[];

/** Within the days around the clocks' change of 25 October 2026 in Europe and 1 November in America. */
const moment = fc
  .oneof(
    fc.integer({ min: 0, max: 16 * 96 }).map((n) => n * 900),
    fc.integer({ min: 0, max: 16 * 86_400 }),
  )
  .map((second) => new Date(Date.UTC(2026, 9, 20) + second * 1_000).toISOString());
const query = fc
  .record({
    moments: fc.tuple(moment, moment).filter(([a, b]) => a !== b),
    interval: fc.constantFrom('hour', 'day', 'week', 'month'),
    timezone: fc.constantFrom(...zones),
    dimensions: fc.subarray(names, { maxLength: 3 }),
    filters: fc.array(
      fc
        .constantFrom(...names)
        .chain((name) =>
          fc.tuple(
            fc.constantFrom('is', 'is_not'),
            fc.constant(name),
            fc.subarray(vocabulary[name], { minLength: 1, maxLength: 2 }),
          ),
        ),
      { maxLength: 2 },
    ),
  })
  .map(({ moments, ...rest }) => ({ ...rest, from: moments.toSorted()[0] ?? '', to: moments.toSorted()[1] ?? '' }));
type Query = typeof query extends fc.Arbitrary<infer Q> ? Q : never;

const pick = (values: (string | null)[]) =>
  `(array[${values.map((value) => (value === null ? 'null' : `'${value}'`))}])[1 + floor(random() * ${values.length})::int]`;

async function fill(id: number, seed: number): Promise<void> {
  await app.pool.query(
    `select setseed(${(seed % 1_000) / 1_000});
     insert into campaign_impressions (campaign_id, user_id, session_id, placement, audience, region, device_type, location,
       is_viewable, clicked, converted, created_at)
     select ${id}, case when random() < 0.3 then 1 + floor(random() * 20) end, 's' || floor(random() * 60),
       ${names.slice(0, 5).map((name) => pick(vocabulary[name]))}, random() < 0.5, random() < 0.2, random() < 0.1,
       timestamptz '2026-10-20Z' + random() * interval '16 days' from generate_series(1, 3000);
     insert into impression_verdict (impression_id, class, rule, rule_version)
     select id, ${pick(['crawler', 'flood'])}, 'r', 1 from campaign_impressions where campaign_id = ${id} and random() < 0.1`,
  );
}

/** A bucket by what the clocks show: with the offset, since an hour may come twice. No function of the server's. */
const label = (interval: string, zone: string, at: string) =>
  `to_char(date_trunc('${interval}', ${at} at time zone '${zone}'), 'YYYY-MM-DD HH24:MI')` +
  (interval === 'hour' ? ` || (${at} at time zone '${zone}' - ${at} at time zone 'utc')::text` : '');

/** The same from the rows alone, counted line by line. */
async function naive(id: number, { from, to, interval, timezone, filters }: Query, keys: string[], all: boolean) {
  const traffic = `coalesce((select class from impression_verdict v where v.impression_id = i.id), 'valid')`;
  const held = filters.map(([operator, name, values]) => {
    const list = values.map((value) => `'${value ?? ''}'`).join(', ');
    return `coalesce(${columns[name]}, '') ${operator === 'is' ? 'in' : 'not in'} (${list})`;
  });
  const decided = all || filters.some(([, name]) => name === 'trafficClass');
  const { rows } = await app.pool.query(
    `select ${keys.map((key, n) => `${key} as k${n}`).join(', ') || `'all' as k0`}, count(*) as impressions,
       count(*) filter (where is_viewable) as viewable, count(*) filter (where clicked) as clicks,
       count(*) filter (where converted) as conversions,
       count(distinct case when user_id is null then 's' || session_id else 'u' || user_id end) as uniques,
       sum(case when traffic = 'valid' then cpi_rate else 0 end)::float8 as spend
     from (select i.*, ${traffic} as traffic, ${label(interval, timezone, 'i.created_at')} as bucket
       from campaign_impressions i where campaign_id = ${id}) r
     where created_at >= '${from}' and created_at < '${to}' ${decided ? '' : `and traffic = 'valid'`}
       ${held.map((condition) => `and ${condition}`).join(' ')}
     group by ${keys.join(', ') || '()'}`,
  );
  return new Map(
    rows.map(({ impressions, viewable, clicks, conversions, uniques, spend, ...key }) => [
      Object.values(key).join('|'),
      { impressions, viewable, clicks, conversions, uniques, spend: spend ?? 0 },
    ]),
  );
}

type Line = Record<string, Untyped>;

it.each(seeds)('statistics are what a count of the rows gives (SEED=%i)', { timeout: 120_000 }, async (seed) => {
  const id = await campaign(app);
  await fill(id, seed);
  const metrics = 'impressions,viewable,clicks,conversions,uniques,spend';
  for (const asked of fc.sample(query, { seed, numRuns: 40 })) {
    const { dimensions, filters, ...rest } = asked;
    const words = { ...rest, filters, metrics, ...(dimensions.length > 0 ? { dimensions } : {}) };
    const { status, body } = await owner('GET', statsPath(id, words));
    expect(status).toBe(200);
    expect(new Map([['all', body.totals]])).toEqual(await naive(id, asked, [], false));

    const { rows } = await app.pool.query(
      `select ${label(asked.interval, asked.timezone, 'at')} as label from unnest($1::timestamptz[]) with ordinality u (at, n) order by n`,
      [body.series.map(({ at }: Line) => at)],
    );
    expect(new Set(rows.map((row) => row.label)).size).toBe(rows.length);
    const series = body.series.map(({ at: _, ...figures }: Line, n: number) => [rows[n]?.label, figures]);
    expect(new Map(series.filter(([, { impressions }]: [string, Line]) => impressions > 0))).toEqual(
      await naive(id, asked, ['bucket'], false),
    );

    const lines = body.breakdown.map((line: Line) => {
      const figures = Object.fromEntries(Object.entries(line).filter(([name]) => !(name in columns)));
      return [dimensions.map((name) => line[name] ?? '').join('|'), figures];
    });
    const keys = dimensions.map((name) => `coalesce(${columns[name]}, '')`);
    if (keys.length > 0) {
      expect(new Map(lines)).toEqual(await naive(id, asked, keys, dimensions.includes('trafficClass')));
    }
  }
});
