/** From mild to hard. */
export const outcomes = ['publish', 'flag', 'hold', 'reject'] as const;
export type Outcome = (typeof outcomes)[number];

/** What a rule found. `evidence` is the rule's own: words with their places [start, end) in the text, scores, links. */
export interface RuleHit {
  rule: string;
  outcome: Outcome;
  evidence: Record<string, unknown>;
  score?: number;
  /** It is written down, and nothing follows from it. */
  shadow?: true;
}

/** The hardest outcome of all hits; `nudge` is a sentence for the author before it is sent. */
export interface Judgement {
  outcome: Outcome;
  hits: RuleHit[];
  nudge: string | null;
  rulesVersion: number;
}

export interface AuthorRecord {
  userId: number;
  firstCommentAt: string | null;
  comments: number;
  rejections: number;
  premod: boolean;
}

export interface RecentPost {
  commentId: number;
  campaignId: number;
  userId: number;
  text: string;
  at: string;
}

/** A text before it is written, with what the rules ask beside it. */
export interface Submission {
  text: string;
  campaignId: number;
  author: AuthorRecord;
  /** Posts of the last day by the same author, and by anybody with the same words or nearly so. */
  recent: RecentPost[];
  at: string;
}

export const harder = (a: Outcome, b: Outcome): Outcome => (outcomes.indexOf(a) >= outcomes.indexOf(b) ? a : b);

/** A piece of the text as it was written: `text.slice(start, end)`, in UTF-16 units. */
export interface Span {
  text: string;
  start: number;
  end: number;
}
