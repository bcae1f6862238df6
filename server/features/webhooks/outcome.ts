import { retryAfterMs, retryDelayMs } from './retry.ts';
import type { Sent } from './send.ts';

export type Outcome = { outcome: 'delivered' | 'failed' | 'gone' | 'returned' } | { outcome: 'retry'; delayMs: number };

/**
 * What an answer means: 2xx is delivered; 410 that nobody is there any more; everything else, redirects included, that it
 * is tried again, or that this was the last try. What we broke off ourselves was no attempt.
 */
export function outcomeOf(sent: Sent, tries: number, now: Date, random: number): Outcome {
  const { status, error, retryAfter } = sent;
  if (error === 'aborted') return { outcome: 'returned' };
  if (status !== null && status >= 200 && status < 300) return { outcome: 'delivered' };
  if (status === 410) return { outcome: 'gone' };
  const delayMs = retryDelayMs(tries + 1, retryAfterMs(retryAfter, now), random);
  return delayMs === null ? { outcome: 'failed' } : { outcome: 'retry', delayMs };
}
