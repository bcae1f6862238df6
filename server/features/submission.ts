/** A text that somebody wants to be read by others, before it is written. */
export interface Submission {
  text: string;
  campaignId: number;
  userId: number;
  /** The comment whose text this is to be, for an edit: it is no repetition of itself. */
  commentId?: number;
}

/** What is written beside the text: see comment_rule_hit and comment_fingerprint in the migrations. */
export interface TextVerdict {
  /** Null: everybody sees it. */
  status: 'pending' | 'rejected' | null;
  /** For the author: the name of the hardest rule that holds or rejects it. */
  reason: string | null;
  hits: { rule: string; outcome: string; evidence: Record<string, unknown>; score: number | null; shadow: boolean }[];
  rulesVersion: number;
  /** Null: unknown, since the text could not be looked at. */
  exact: string | null;
  bands: number[];
  /** A sentence for the author to read before the text is sent; null: nothing to say. */
  nudge: string | null;
}

/** Throws only where nothing could be written either (Refusal `unavailable`, `overloaded`). */
export type JudgeText = (submission: Submission) => Promise<TextVerdict>;
