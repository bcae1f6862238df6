/** A draft of the rules, held against what moderators decided: what it would have done, and whom it would have hit. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { groupOf } from '../abuse/identity-terms.ts';
import { judge } from '../judge.ts';
import type { AuthorRecord, Outcome } from '../judgement.ts';
import type { RuleSet } from '../rule-set.ts';
import { fold } from '../text/fold.ts';
import { wordsOf } from '../text/words.ts';
import { languageOf } from './language.ts';

export interface Decided {
  commentId: number;
  text: string;
  decision: 'approve' | 'reject';
  author: AuthorRecord;
  at: string;
}

type Tally = Record<string, { stopped: number; approved: number }>;

export interface ReplayReport {
  decided: number;
  /** Of what the draft would hold or reject, the share that was rejected; null when it would stop nothing. */
  precision: number | null;
  /** Of what was rejected, the share that the draft would hold or reject; null when nothing was rejected. */
  recall: number | null;
  /** Where the draft goes another way than the rules that hold now; at most 200 of them. */
  changed: { commentId: number; decision: Decided['decision']; now: Outcome; draft: Outcome; rules: string[] }[];
  /** Approved comments that the draft would stop, of how many approved ones. */
  falsePositives: { byLanguage: Tally; byIdentityTerm: Tally };
}

const mostChanged = 200;
/** Others are served in between: some 5 ms of judging. */
const sliceMs = 5;
const stops = (outcome: Outcome) => outcome === 'hold' || outcome === 'reject';

/**
 * What was posted around a comment at its time is not known any more, so rules that look at it find nothing; nobody else's
 * rule is asked, since a draft must not send a thousand old comments to somebody.
 */
export async function replayRules(draft: RuleSet, current: RuleSet, decided: Decided[]): Promise<ReplayReport> {
  const report: ReplayReport = {
    decided: decided.length,
    precision: null,
    recall: null,
    changed: [],
    falsePositives: { byLanguage: {}, byIdentityTerm: {} },
  };
  const offline = (rules: RuleSet): RuleSet => ({
    ...rules,
    rules: { ...rules.rules, external: { ...rules.rules.external, mode: 'off' } },
  });
  const rules = { draft: offline(draft), current: offline(current) };
  const counts = { stopped: 0, right: 0, rejected: 0 };
  let since = performance.now();
  for (const { commentId, text, decision, author, at } of decided) {
    if (performance.now() - since > sliceMs) {
      await nextTurn();
      since = performance.now();
    }
    const submission = { text, campaignId: 0, author, recent: [], at };
    const then = await judge(submission, rules.draft);
    const now = await judge(submission, rules.current);
    const stop = stops(then.outcome);
    if (stop) counts.stopped++;
    if (decision === 'reject') counts.rejected++;
    if (stop && decision === 'reject') counts.right++;
    if (then.outcome !== now.outcome && report.changed.length < mostChanged) {
      const names = then.hits.filter(({ outcome, shadow }) => !shadow && outcome === then.outcome);
      report.changed.push({
        commentId,
        decision,
        now: now.outcome,
        draft: then.outcome,
        rules: names.map(({ rule }) => rule),
      });
    }
    if (decision !== 'approve') continue;
    count(report.falsePositives.byLanguage, languageOf(text), stop);
    for (const group of groupsNamed(text)) count(report.falsePositives.byIdentityTerm, group, stop);
  }
  report.precision = counts.stopped === 0 ? null : counts.right / counts.stopped;
  report.recall = counts.rejected === 0 ? null : counts.right / counts.rejected;
  return report;
}

function count(table: Tally, key: string, stop: boolean): void {
  const line = table[key] ?? { stopped: 0, approved: 0 };
  table[key] = { stopped: line.stopped + Number(stop), approved: line.approved + 1 };
}

const groupsNamed = (text: string) => new Set(wordsOf(fold(text)).flatMap((word) => groupOf.get(word.text) ?? []));
