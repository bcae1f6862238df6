/**
 * The rules at the door: every new and every edited text is judged before it is written, and is written with what was
 * found. A rule that does not answer in time holds the text for people to look at; nothing is published unseen.
 *   1. context: who writes, and what was posted like it; one query for all that wait (submission_contexts)
 *   2. rules:   all that are enabled, always (rules/judge.ts)
 *   3. mode:    on acts; shadow writes down what it would have done; off asks nothing
 */
import { startLoop } from '../../platform/background-loop.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { createBatchWriter } from '../../writing/batch-writer.ts';
import type { JudgeText, TextVerdict } from '../submission.ts';
import { contextsFrom } from './contexts.ts';
import { currentRules } from './current-rules.ts';
import { externalRule, type PostExternal } from './rules/checks/external.ts';
import { judge } from './rules/judge.ts';
import type { Judgement, Outcome, RuleHit } from './rules/judgement.ts';
import type { RuleSet } from './rules/rule-set.ts';
import { bandsOf, fingerprintsOf } from './rules/text/fingerprint.ts';

export type AutomodMode = 'on' | 'shadow' | 'off';

const refreshMs = 1_000;

export interface Automod {
  judge: JudgeText;
  stop(): Promise<void>;
}

interface AutomodOptions {
  pool: Pool;
  mode: AutomodMode;
  /** How the external rule is asked: to checked addresses only. */
  external: { send: PostExternal; close(): void };
  maxQueue: number;
  log: Log;
  metrics: Metrics;
}

export function startAutomod({ pool, mode, external, maxQueue, log, metrics }: AutomodOptions): Automod {
  /** Null until they have been read: nothing is judged by others than those that hold. */
  let rules: RuleSet | null = null;
  const refresh = async () => {
    rules = await currentRules(pool);
    return rules;
  };
  const ask = externalRule(external.send);
  const loop = startLoop({ name: 'rules', everyMs: refreshMs, log, work: async () => void (await refresh()) });
  const contexts = createBatchWriter({
    name: 'contexts',
    send: contextsFrom(pool),
    keysOf: () => [],
    groupOf: () => '',
    maxQueue,
    log,
    metrics,
  });

  return {
    async judge({ text, campaignId, userId, commentId = null }) {
      if (mode === 'off') return unjudged;
      const startedAt = performance.now();
      const { exact, near } = fingerprintsOf(text);
      const bands = bandsOf(near);
      // Without the database nothing can be written either: whoever waits hears that, and sends it again.
      const { author, recent } = await contexts.write({ u: userId, exact, bands, self: commentId });
      const submission = { text, campaignId, author, recent, at: new Date().toISOString() };
      const current = rules ?? (await refresh());
      const judgement = await judge(submission, mode === 'shadow' ? { ...current, mode } : current, ask);
      const verdict = { ...verdictOf(judgement), exact, bands };
      metrics.judgeSeconds.observe((performance.now() - startedAt) / 1_000);
      metrics.judgements.inc({ outcome: judgement.outcome });
      return verdict;
    },
    async stop() {
      await Promise.all([loop.stop(), contexts.stop()]);
      external.close();
    },
  };
}

const unjudged: TextVerdict = {
  status: null,
  reason: null,
  hits: [],
  rulesVersion: 0,
  exact: null,
  bands: [],
  nudge: null,
};

const statuses: Record<Outcome, TextVerdict['status']> = {
  publish: null,
  flag: null,
  hold: 'pending',
  reject: 'rejected',
};

function verdictOf({ outcome, hits, nudge, rulesVersion }: Judgement): Omit<TextVerdict, 'exact' | 'bands'> {
  const status = statuses[outcome];
  return {
    status,
    reason: status === null ? null : (hits.find((hit) => hit.outcome === outcome && !hit.shadow)?.rule ?? outcome),
    hits: hits.map(written),
    rulesVersion,
    nudge,
  };
}

const written = ({ rule, outcome, evidence, score, shadow }: RuleHit) => ({
  rule,
  outcome,
  evidence,
  score: score ?? null,
  shadow: shadow ?? false,
});
