/** Figures as an advertiser reads them. Nothing is computed here: a fraction is shown as a percentage, no more. */
import type { ChartMetric } from './view-state.ts';

const LOCALE = 'en';
/** The database has amounts and no currency: all of an advertiser's campaigns are in the platform's one. */
const CURRENCY = 'EUR';

const whole = new Intl.NumberFormat(LOCALE);
const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(LOCALE, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 2 });
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
export const formatMoney = (n: number): string => money.format(n);
export const formatFineMoney = (n: number): string => fineMoney.format(n);
export const formatRatio = (n: number): string => ratio.format(n);
export const formatBytes = (n: number): string =>
  n < 1_000_000 ? `${bytes.format(n / 1_000)} kB` : `${bytes.format(n / 1_000_000)} MB`;

const rates = new Set<string>(['viewabilityRate', 'clickThroughRate', 'conversionRate', 'engagementRate']);
export const isRate = (metric: string): boolean => rates.has(metric);

export function formatFigure(metric: ChartMetric, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (metric === 'spend') return formatFineMoney(value);
  return isRate(metric) ? formatPercent(value) : formatWhole(value);
}

const dayTime = (timeZone: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(LOCALE, { timeZone, ...options });

export function formatBucket(at: string, interval: string, timeZone: string): string {
  const date = new Date(at);
  const day = dayTime(timeZone, { weekday: 'short', day: 'numeric', month: 'short' }).format(date);
  if (interval === 'day') return day;
  if (interval === 'week') return `Week of ${day}`;
  return `${day}, ${dayTime(timeZone, { hour: '2-digit', minute: '2-digit', hour12: false }).format(date)}`;
}

export const formatMoment = (at: string, timeZone: string): string =>
  dayTime(timeZone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false }).format(
    new Date(at),
  );
export const formatDate = (at: string, timeZone: string): string =>
  dayTime(timeZone, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
