/** The question to the statistics that a view stands for. */
import type { BreakdownDimension, NamedRange, ViewState } from './view-state.ts';

const MINUTE = 60_000;
const lengths: Record<NamedRange, { days: number } | { ms: number; to: number }> = {
  hour: { ms: 60 * MINUTE, to: MINUTE },
  day: { ms: 24 * 60 * MINUTE, to: 60 * MINUTE },
  week: { days: 7 },
  month: { days: 30 },
  quarter: { days: 90 },
};

/** Ranges of days begin with a day of the zone, shorter ones with a whole bucket; all of them end now. */
export function fromOf(range: NamedRange, timezone: string, now: number): string {
  const length = lengths[range];
  if ('days' in length) return dateIn(timezone, now - (length.days - 1) * 24 * 60 * MINUTE);
  const end = Math.ceil((now + 1) / length.to) * length.to;
  return new Date(end - length.ms).toISOString();
}

/** Whether the last bucket of what is in view is still filling. Only dates can end before now. */
export const endsNow = ({ range, from, to, timezone }: ViewState, now: number): boolean => {
  const today = dateIn(timezone, now);
  return range !== 'custom' || (from <= today && to >= today);
};

/** What ends now is asked without an end: hours to come would be drawn as none, and compared with whole ones. */
function spanOf(view: ViewState, now: number): Record<string, string> {
  if (view.range !== 'custom') return { from: fromOf(view.range, view.timezone, now) };
  return endsNow(view, now) ? { from: view.from } : { from: view.from, to: view.to };
}

export function statsQueryOf(
  view: ViewState,
  now: number,
  dimension?: BreakdownDimension,
  limit = 8,
): Record<string, string> {
  const filters = Object.entries(view.filters).map(([name, value]) => ['is', name, [value]]);
  // Left out, a breakdown by class shows every class, and a filter on it decides by itself.
  const byClass = dimension === 'trafficClass' || view.filters.trafficClass !== undefined;
  return {
    ...spanOf(view, now),
    interval: view.interval,
    timezone: view.timezone,
    ...(byClass ? {} : { traffic: view.traffic }),
    ...(filters.length === 0 ? {} : { filters: JSON.stringify(filters) }),
    ...(dimension === undefined
      ? {
          metrics:
            'impressions,viewable,clicks,conversions,uniques,viewabilityRate,clickThroughRate,conversionRate,spend,likes,shares,comments',
        }
      : { metrics: 'impressions,clickThroughRate', dimensions: dimension, limit: String(limit) }),
    ...(dimension === undefined && view.compare ? { compare: 'previous_period' } : {}),
  };
}

/** The date on the calendar of a zone, as `2026-11-22`. */
export function dateIn(timezone: string, at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(at);
}
