import type { AuthorRecord, Outcome, RecentPost, Submission } from './judgement.ts';
import { type Reading, read } from './reading.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A text as rules get it. */
export interface RuleInput {
  original: string;
  reading: Reading;
  tokens: Token[];
  campaignId: number;
  author: AuthorRecord;
  recent: RecentPost[];
  /** When it is judged, by Date.now(). */
  now: number;
}

/** What a rule found; null: nothing. The rule's own `outcome` setting is what follows, unless it says another. */
export interface Found {
  evidence: Record<string, unknown>;
  score?: number;
  outcome?: Outcome;
}

/** A piece of the original text: [start, end) in UTF-16 units. */
export interface Place {
  text: string;
  start: number;
  end: number;
}

export function inputOf({ text, campaignId, author, recent, at }: Submission): RuleInput {
  const reading = read(text);
  return {
    original: text,
    reading,
    tokens: tokensOf(reading.text),
    campaignId,
    author,
    recent,
    now: Date.parse(at),
  };
}
