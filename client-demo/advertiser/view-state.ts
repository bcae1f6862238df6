/** What part of a campaign the screen shows. It stands in the address, so that it can be sent to somebody. */
import type { StatsDimension, StatsInterval, StatsMetric } from '../../server/contract/stats.ts';
import type { Traffic } from '../lib/advertiser/advertiser-api.ts';

export const ranges = ['hour', 'day', 'week', 'month', 'quarter'] as const;
export type Range = (typeof ranges)[number];
export type BreakdownDimension = Exclude<StatsDimension, 'trafficClass'>;
export const breakdowns: readonly BreakdownDimension[] = ['placement', 'device', 'audience', 'region', 'location'];
export type ChartMetric = Exclude<StatsMetric, 'likes' | 'shares' | 'comments'>;
export const chartMetrics: readonly ChartMetric[] = [
  'impressions',
  'viewable',
  'clicks',
  'conversions',
  'uniques',
  'viewabilityRate',
  'clickThroughRate',
  'conversionRate',
  'spend',
];

/** Which intervals suit a range; the first is its own. */
export const intervalsOf: Record<Range, readonly [StatsInterval, ...StatsInterval[]]> = {
  hour: ['minute'],
  day: ['hour', 'minute'],
  week: ['hour', 'day'],
  month: ['day', 'week', 'hour'],
  quarter: ['day', 'week'],
};

export interface ViewState {
  readonly traffic: Traffic;
  readonly range: Range;
  readonly interval: StatsInterval;
  readonly metric: ChartMetric;
  readonly timezone: string;
  readonly compare: boolean;
  /** One value for each dimension; null is "says nothing". */
  readonly filters: Readonly<Partial<Record<BreakdownDimension, string | null>>>;
}

const NOTHING = '~';

export function readView(search: string, ownZone: string): ViewState {
  const query = new URLSearchParams(search);
  const range = oneOf(ranges, query.get('range'), 'week');
  return {
    traffic: oneOf(['valid', 'all', 'invalid'] as const, query.get('traffic'), 'valid'),
    range,
    interval: oneOf(intervalsOf[range], query.get('interval'), intervalsOf[range][0]),
    metric: oneOf(chartMetrics, query.get('metric'), 'impressions'),
    timezone: query.get('timezone') ?? ownZone,
    compare: query.get('compare') === 'yes',
    filters: Object.fromEntries(
      breakdowns.flatMap((dimension) => {
        const value = query.get(dimension);
        return value === null ? [] : [[dimension, value === NOTHING ? null : value]];
      }),
    ),
  };
}

/** Only what differs from what anyone sees first. */
export function writeView(view: ViewState, ownZone: string): string {
  const query = new URLSearchParams();
  if (view.traffic !== 'valid') query.set('traffic', view.traffic);
  if (view.range !== 'week') query.set('range', view.range);
  if (view.interval !== intervalsOf[view.range][0]) query.set('interval', view.interval);
  if (view.metric !== 'impressions') query.set('metric', view.metric);
  if (view.timezone !== ownZone) query.set('timezone', view.timezone);
  if (view.compare) query.set('compare', 'yes');
  for (const dimension of breakdowns) {
    const value = view.filters[dimension];
    if (value !== undefined) query.set(dimension, value ?? NOTHING);
  }
  return query.toString();
}

const oneOf = <T extends string>(known: readonly T[], value: string | null, otherwise: T): T =>
  known.find((one) => one === value) ?? otherwise;
