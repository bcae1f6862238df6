/** Numbers and times as people read them. */
const LOCALE = 'en';

const whole = new Intl.NumberFormat(LOCALE);
const short = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });
const tenths = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'always', style: 'narrow' });

export const formatCount = (n: number): string => (n < 100_000 ? whole.format(n) : short.format(n));
/** 40 ms, 0.4 s, 12 s. */
export function formatDuration(ms: number): string {
  if (ms < 100) return `${whole.format(Math.round(ms))} ms`;
  return ms < 10_000 ? `${tenths.format(ms / 1_000)} s` : `${whole.format(Math.round(ms / 1_000))} s`;
}
/** What changes all the time keeps its unit for as long as it can: 40 ms, 140 ms, 1.2 s. */
export const formatDelay = (ms: number): string =>
  ms < 1_000 ? `${whole.format(Math.round(ms))} ms` : formatDuration(ms);
export const formatClock = (at: number): string => clock.format(at);
export const formatDay = (at: string): string => dayOfYear.format(new Date(at));
export const formatFull = (at: string): string => full.format(new Date(at));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Coarse on purpose: it is renewed twice a minute. A clock that is behind the server's says `now`. */
export function formatAge(at: string, now: number): string {
  const age = now - Date.parse(at);
  if (age < 45_000) return 'now';
  if (age < HOUR) return relative.format(-Math.max(1, Math.round(age / MINUTE)), 'minute');
  if (age < DAY) return relative.format(-Math.floor(age / HOUR), 'hour');
  if (age < 7 * DAY) return relative.format(-Math.floor(age / DAY), 'day');
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? day.format(new Date(at)) : formatDay(at);
}

const segmenter = new Intl.Segmenter(LOCALE, { granularity: 'grapheme' });

/** Characters as people count them; exact only near the limit, where it matters. */
export function countGraphemes(text: string, limit: number): number {
  if (text.length < limit * 0.8) return text.length;
  let count = 0;
  for (const _ of segmenter.segment(text.normalize('NFC').trim())) count++;
  return count;
}
