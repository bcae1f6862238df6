/**
 * When a failed delivery is tried again: 12 attempts over 75 hours, as Standard Webhooks suggests and Svix does.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#deliverability-and-reliability
 */
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const delaysMs = [
  ...[second, 5 * second, 30 * second, 5 * minute, 30 * minute],
  ...[2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour],
];
/** Each delay is up to so much shorter or longer, so that what failed together does not come back together. */
const jitter = 0.1;
/** A receiver may ask to be left alone for so long and no longer. */
const patienceMs = 24 * hour;

/**
 * Milliseconds until the next attempt after `tries` failed ones, or null when that was the last. A receiver's Retry-After
 * makes it later, never sooner. `random` is from 0 to 1.
 */
export function retryDelayMs(tries: number, retryAfterMs: number | null, random: number): number | null {
  const delay = delaysMs[tries - 1];
  if (delay === undefined) return null;
  return Math.max(delay * (1 - jitter + 2 * jitter * random), Math.min(retryAfterMs ?? 0, patienceMs));
}

/** A Retry-After header (RFC 9110, 10.2.3): seconds, or a date. Null where there is none that can be read. */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * second;
  const at = /^[A-Z][a-z]{2}, /.test(header.trim()) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
