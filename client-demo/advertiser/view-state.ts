/** What part of a campaign the screen shows. It stands in the address, so that it can be sent to somebody. */
import type { StatsDimension, StatsInterval, StatsMetric } from '../../server/contract/stats.ts';
import type { Traffic } from '../lib/advertiser/advertiser-api.ts';

export const namedRanges = ['hour', 'day', 'week', 'month', 'quarter'] as const;
export type NamedRange = (typeof namedRanges)[number];
/** `custom` is from one date to another. */
export const ranges = [...namedRanges, 'custom'] as const;
export type Range = (typeof ranges)[number];
export type BreakdownDimension = StatsDimension;
export const breakdowns: readonly BreakdownDimension[] = [
  'placement',
  'device',
  'audience',
  'region',
  'location',
  'trafficClass',
];
export type ChartMetric = StatsMetric;
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
  'likes',
  'shares',
  'comments',
];

type Intervals = readonly [StatsInterval, ...StatsInterval[]];
const intervalsOfRange: Record<NamedRange, Intervals> = {
  hour: ['minute'],
  day: ['hour', 'minute'],
  week: ['hour', 'day'],
  month: ['day', 'week', 'hour'],
  quarter: ['day', 'week'],
};

const DAY_MS = 86_400_000;

/** Which intervals suit what is in view, so that a chart has buckets enough and the server not too many; the first is its own. */
export function intervalsOf({ range, from, to }: Pick<ViewState, 'range' | 'from' | 'to'>): Intervals {
  if (range !== 'custom') return intervalsOfRange[range];
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  if (days <= 1) return ['hour', 'minute'];
  if (days <= 14) return ['hour', 'day'];
  if (days <= 60) return ['day', 'week', 'hour'];
  return days <= 1_000 ? ['day', 'week', 'month'] : days <= 10_000 ? ['week', 'month'] : ['month'];
}

export interface ViewState {
  readonly traffic: Traffic;
  readonly range: Range;
  /** Of a custom range: its first and last day, as `2026-11-22`; empty in any other. */
  readonly from: string;
  readonly to: string;
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
  const range = rangeIn(query);
  const intervals = intervalsOf(range);
  return {
    traffic: oneOf(['valid', 'all', 'invalid'] as const, query.get('traffic'), 'valid'),
    ...range,
    interval: oneOf(intervals, query.get('interval'), intervals[0]),
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
  if (view.range === 'custom') {
    query.set('from', view.from);
    query.set('to', view.to);
  }
  if (view.interval !== intervalsOf(view)[0]) query.set('interval', view.interval);
  if (view.metric !== 'impressions') query.set('metric', view.metric);
  if (view.timezone !== ownZone) query.set('timezone', view.timezone);
  if (view.compare) query.set('compare', 'yes');
  for (const dimension of breakdowns) {
    const value = view.filters[dimension];
    if (value !== undefined) query.set(dimension, value ?? NOTHING);
  }
  return query.toString();
}

/** Dates that are none, or the wrong way round, are no range. */
function rangeIn(query: URLSearchParams): Pick<ViewState, 'range' | 'from' | 'to'> {
  const range = oneOf(ranges, query.get('range'), 'week');
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  if (range !== 'custom') return { range, from: '', to: '' };
  return isDate(from) && isDate(to) && from <= to ? { range, from, to } : { range: 'week', from: '', to: '' };
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

const oneOf = <T extends string>(known: readonly T[], value: string | null, otherwise: T): T =>
  known.find((one) => one === value) ?? otherwise;
