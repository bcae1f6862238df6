import type { Outcome } from './judgement.ts';
import type { Reading } from './reading.ts';

/** What a rule found. The rule's own `outcome` setting is what follows, unless it says another. */
export interface Found {
  evidence: Record<string, unknown>;
  score?: number;
  outcome?: Outcome;
}

/** Null: nothing to report. A rule that throws holds the comment, so none catches what it does not understand. */
export type Rule<Settings> = (reading: Reading, settings: Settings) => Found | null;
