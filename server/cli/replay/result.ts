import type { Latency } from './latency.ts';
import type { VotesVerdict } from './votes-verdict.ts';

/** Whether a state equals what it was compared with; of many differences the first ten are named. */
export interface Verdict {
  of: string;
  with: string[];
  documents: number;
  count: number;
  differences: string[];
}

/** What must not happen between a commit and a screen; a resubscribe is how a client makes up for it. */
export interface DeliveryFaults {
  /** A seq that did not come, or that a state frame told of before it came. */
  gaps: number;
  /** A seq that came twice. */
  duplicates: number;
  resubscribes: number;
  /** Of them, answered with `reset`. */
  resets: number;
}

/** What a replay found: `--json` prints it as it stands. Times are milliseconds where the name does not say seconds. */
export interface ReplayResult extends DeliveryFaults {
  ok: boolean;
  file: string;
  format: string;
  notes: string[];
  server: { url: string; own: boolean };
  campaigns: { id: number; name: string }[];
  posts: number;
  replies: number;
  likes: number;
  seconds: number;
  writesPerSecond: number;
  retries: number;
  refused: { count: number; first: string[] };
  /** From the log event's own time, written inside the transaction, to its arrival at a watcher. */
  delivery: Latency;
  /** From the HTTP answer's arrival at its writer to the event's at a watcher; negative when the screen was first. */
  afterAnswer: Latency;
  /** From the last answer until every watcher's position was at the head of every stream; null: never. */
  caughtUpMs: number | null;
  watchers: DeliveryFaults[];
  verdicts: Verdict[];
  votes: VotesVerdict | null;
}

export const shownDifferences = 10;

export function verdictOf(of: string, found: { with: string[]; documents: number; differences: string[] }): Verdict {
  const { documents, differences } = found;
  const first = differences.slice(0, shownDifferences);
  return { of, with: found.with, documents, count: differences.length, differences: first };
}

/** Success is everything taken, everything equal, and no event missing or twice on the way. */
export function isSuccess(result: Omit<ReplayResult, 'ok'>): boolean {
  const { refused, gaps, duplicates, resets, verdicts, votes, caughtUpMs } = result;
  const clean = refused.count + gaps + duplicates + resets === 0 && caughtUpMs !== null;
  return clean && verdicts.every(({ count }) => count === 0) && (votes?.differences.length ?? 0) === 0;
}
