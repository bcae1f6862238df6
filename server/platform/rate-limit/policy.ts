import { z } from 'zod';

/** What a budget is for. An operation names the one it draws on. */
export type PolicyName = 'comments' | 'edits' | 'reactions' | 'flags' | 'notices';

/** `points` in any `seconds` that begin with the first of them. */
export interface Window {
  points: number;
  seconds: number;
}

/** How often one user, or one address without a token, may. `burst` is a second pool for what `rate` refuses. */
export interface Policy {
  rate: Window;
  burst: Window | null;
}

export type Policies = Record<PolicyName, Policy>;

const secondsIn: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const windowText = String.raw`(\d{1,6})\/(\d{0,6})([smhd])`;
const policyText = new RegExp(String.raw`^${windowText}(?:\+${windowText})?$`);
/** The in-memory limiter keeps a timer for each key, and those of Node end at 24.8 days. */
const longestSeconds = 7 * 86_400;

/** `10/s`; `20/d`; `1/3s+4/m`: one in three seconds, and four more a minute. */
export const policySchema = z.string().transform((text, context): Policy => {
  const [matched, points, count, unit, ...more] = policyText.exec(text) ?? [];
  const rate = windowOf(points, count, unit);
  const burst = more[0] === undefined ? null : windowOf(...more);
  if (matched !== undefined && [rate, burst].every((window) => window === null || isSound(window))) {
    return { rate, burst };
  }
  context.addIssue('has to be like 10/s, 20/d or 1/3s+4/m (1 in 3 seconds and 4 more a minute), of 7 days at most');
  return z.NEVER;
});

function windowOf(points?: string, count?: string, unit?: string): Window {
  return { points: Number(points), seconds: Number(count || '1') * (secondsIn[unit ?? ''] ?? 0) };
}

const isSound = ({ points, seconds }: Window) => points > 0 && seconds > 0 && seconds <= longestSeconds;
