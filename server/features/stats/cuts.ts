import type { StatsInterval } from '../../contract/stats.ts';
import type { Range } from './range.ts';

/**
 * Which part of a range is read where: from ≤ quarter ≤ hour ≤ hourEnd ≤ quarterEnd ≤ to. Between the hours lies what
 * impression_hourly answers, between the quarter hours and those impression_quarter_hourly, the rest are raw rows.
 */
export interface Cuts {
  from: string;
  quarter: string;
  hour: string;
  hourEnd: string;
  quarterEnd: string;
  to: string;
}

const quarterMs = 900_000;
const hourMs = 4 * quarterMs;

/** `hourly`: may impression_hourly answer at all, which knows neither location nor traffic class? */
export function cutsOf({ from, to, starts }: Range, interval: StatsInterval, hourly: boolean): Cuts {
  const [quarter, quarterEnd] = interval === 'minute' ? [from, from] : within(from, to, quarterMs);
  const wholeHours = hourly && starts.slice(1).every((start) => Date.parse(start) % hourMs === 0);
  const [hour, hourEnd] = wholeHours ? within(quarter, quarterEnd, hourMs) : [quarter, quarter];
  return { from, quarter, hour, hourEnd, quarterEnd, to };
}

/** The whole units inside a range; an empty range at its beginning when there are none. */
function within(from: string, to: string, unit: number): [string, string] {
  // Microseconds are left of what `Date` holds: they count when a range begins with them.
  const floor = (time: string) => Math.floor(Date.parse(time) / unit) * unit;
  const begins = iso(floor(from)) === from ? floor(from) : floor(from) + unit;
  return begins < floor(to) ? [iso(begins), iso(floor(to))] : [from, from];
}

const iso = (ms: number) => new Date(ms).toISOString().replace(/Z$/, '000Z');
