/** A draft of the rules, held against what moderators decided. */
import { identities } from './features.ts';
import { judge } from './judge.ts';
import type { AuthorRecord, Outcome } from './judgement.ts';
import { read } from './reading.ts';
import type { RuleSet } from './rule-set.ts';
import { tokensOf } from './tokens.ts';

export interface Decided {
  commentId: number;
  text: string;
  decision: 'approve' | 'reject';
  author: AuthorRecord;
  at: string;
}

export interface ReplayReport {
  decided: number;
  /** Of what the draft would hold or reject, the share that was rejected; null when it would stop nothing. */
  precision: number | null;
  /** Of what was rejected, the share that the draft would hold or reject; null when nothing was rejected. */
  recall: number | null;
  /** Where the draft goes another way than the rules that hold now. */
  changed: { commentId: number; decision: Decided['decision']; now: Outcome; draft: Outcome; rules: string[] }[];
  /** Approved comments that the draft would stop, of how many approved ones. */
  falsePositives: {
    byLanguage: Record<string, { stopped: number; approved: number }>;
    byIdentityTerm: Record<string, { stopped: number; approved: number }>;
  };
}

const mostChanged = 200;
const stops = (outcome: Outcome) => outcome === 'hold' || outcome === 'reject';

/** What was posted around a comment at its time is not known any more, so rules that look at it find nothing. */
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
  let stopped = 0;
  let right = 0;
  let rejected = 0;
  for (const { commentId, text, decision, author, at } of decided) {
    const submission = { text, campaignId: 0, author, recent: [], at };
    const [then, now] = await Promise.all([judge(submission, offline(draft)), judge(submission, offline(current))]);
    const stop = stops(then.outcome);
    if (stop) stopped++;
    if (decision === 'reject') rejected++;
    if (stop && decision === 'reject') right++;
    if (then.outcome !== now.outcome && report.changed.length < mostChanged) {
      const rules = then.hits.filter(({ outcome }) => outcome === then.outcome).map(({ rule }) => rule);
      report.changed.push({ commentId, decision, now: now.outcome, draft: then.outcome, rules });
    }
    if (decision !== 'approve') continue;
    count(report.falsePositives.byLanguage, languageOf(text), stop);
    for (const term of termsOf(text)) count(report.falsePositives.byIdentityTerm, term, stop);
  }
  report.precision = stopped === 0 ? null : right / stopped;
  report.recall = rejected === 0 ? null : right / rejected;
  return report;
}

function count(table: Record<string, { stopped: number; approved: number }>, key: string, stop: boolean): void {
  const line = table[key] ?? { stopped: 0, approved: 0 };
  table[key] = { stopped: line.stopped + Number(stop), approved: line.approved + 1 };
}

const termsOf = (text: string) =>
  new Set(
    tokensOf(read(text).text)
      .filter(({ text: word }) => identities.test(word))
      .map(({ text: word }) => word),
  );

const scripts = [
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Arabic',
  'Hebrew',
  'Cyrillic',
  'Greek',
  'Thai',
  'Devanagari',
].map((name): [string, RegExp] => [name, new RegExp(`\\p{Script=${name}}`, 'gu')]);
/** The commonest short words of languages in Latin script; whichever has the most. */
const shortWords: Record<string, RegExp> = {
  en: /\b(the|and|is|you|this|that|of|to|it|for)\b/gi,
  es: /\b(el|la|los|que|de|es|en|un|por|con)\b/gi,
  fr: /\b(le|la|les|est|et|que|des|un|une|pas)\b/gi,
  de: /\b(der|die|das|und|ist|nicht|ein|ich|zu|es)\b/gi,
  pt: /\b(o|os|que|de|não|um|uma|com|por|é)\b/gi,
  it: /\b(il|lo|che|di|non|un|una|per|con|è)\b/gi,
  tr: /\b(ve|bir|bu|için|çok|da|de|ne|mi|ben)\b/gi,
};

/** By script, and within Latin by short words; `und` where neither says. No more than a guess for a statistic. */
export function languageOf(text: string): string {
  const letters = (text.match(/\p{L}/gu) ?? []).length;
  const script = scripts.find(([, pattern]) => (text.match(pattern) ?? []).length * 2 > letters);
  if (script && letters > 0) return script[0];
  const counts = Object.entries(shortWords).map(([language, words]): [string, number] => [
    language,
    (text.match(words) ?? []).length,
  ]);
  const [language = 'und', most = 0] = counts.sort(([, a], [, b]) => b - a)[0] ?? [];
  return most > 0 ? language : 'und';
}
