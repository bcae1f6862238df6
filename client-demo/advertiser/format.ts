/** Figures as an advertiser reads them. Nothing is computed here: a fraction is shown as a percentage, no more. */
import type { Decimal } from '../lib/decimal.ts';
import { CURRENCY } from '../number-format.ts';
import type { ChartMetric } from './view-state.ts';

const LOCALE = 'en';

const whole = new Intl.NumberFormat(LOCALE);
const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(LOCALE, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
const briefPercent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 1 });
const change = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const money = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: CURRENCY });
/** Spend adds up rates of six decimals. */
const fineMoney = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: CURRENCY, maximumFractionDigits: 6 });
const ratio = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const bytes = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

export const formatWhole = (n: number): string => whole.format(n);
export const formatCompact = (n: number): string => compact.format(n);
export const formatPercent = (n: number): string => percent.format(n);
export const formatChange = (n: number): string => change.format(n);
export const formatBriefPercent = (n: number): string => briefPercent.format(n);
/** From its digits: Intl rounds decimals in text as decimals. */
export const formatMoney = (amount: Decimal): string => money.format(amount);
export const formatFineMoney = (amount: Decimal): string => fineMoney.format(amount);
export const formatRatio = (n: number): string => ratio.format(n);
export const formatBytes = (n: number): string =>
  n < 1_000_000 ? `${bytes.format(n / 1_000)} kB` : `${bytes.format(n / 1_000_000)} MB`;

const rates = new Set<string>(['viewabilityRate', 'clickThroughRate', 'conversionRate', 'engagementRate']);
export const isRate = (metric: string): boolean => rates.has(metric);

export function formatFigure(metric: ChartMetric, value: number | Decimal | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (metric === 'spend') return formatFineMoney(`${value}` as Decimal);
  return isRate(metric) ? formatPercent(Number(value)) : formatWhole(Number(value));
}

const dayTime = (timeZone: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(LOCALE, { timeZone, ...options });

export function formatBucket(at: string, interval: string, timeZone: string): string {
  const date = new Date(at);
  const day = dayTime(timeZone, { weekday: 'short', day: 'numeric', month: 'short' }).format(date);
  if (interval === 'day') return day;
  if (interval === 'week') return `Week of ${day}`;
  return `${day}, ${dayTime(timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date)}`;
}

export const formatMoment = (at: string, timeZone: string): string =>
  dayTime(timeZone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(at),
  );
/** A range whose end is not part of it: its days, with the times where it does not begin or end with a day. */
export function formatSpan(from: string, to: string, timeZone: string): string {
  const clock = dayTime(timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const isMidnight = (at: string) => clock.format(new Date(at)) === '00:00';
  if (isMidnight(from) && isMidnight(to)) {
    const last = new Date(Date.parse(to) - 1).toISOString();
    return from.slice(0, 10) === last.slice(0, 10) || formatDate(from, timeZone) === formatDate(last, timeZone)
      ? formatDate(from, timeZone)
      : `${formatDate(from, timeZone)} – ${formatDate(last, timeZone)}`;
  }
  return `${formatMoment(from, timeZone)} – ${formatMoment(to, timeZone)}`;
}
export const formatClock = (at: string, timeZone: string): string =>
  dayTime(timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(new Date(at));
export const formatDate = (at: string, timeZone: string): string =>
  dayTime(timeZone, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
