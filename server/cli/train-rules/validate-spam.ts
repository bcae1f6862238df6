import { defaultRules } from '../../features/moderation/rules/default-rules.ts';
import { judge } from '../../features/moderation/rules/judge.ts';
import { harder, type Outcome, type Submission } from '../../features/moderation/rules/judgement.ts';
import { type SpamScoring, spamScoreOf } from '../../features/moderation/rules/model/spam-scoring.ts';
import { type Figures, figuresOf, shareOf } from './measure.ts';
import type { OrdinaryTexts } from './ordinary-data.ts';
import type { Labelled } from './spam-data.ts';

export interface SpamFold {
  video: string;
  /** Waits for a moderator, or is rejected. */
  held: Figures;
  /** Is at least flagged. */
  caught: Figures;
  /** Shares of ordinary texts that would wait: what a fold's models have not learnt from either. */
  heldOf: { ham: number; chat: number; threads: number };
}

/** Each video is judged by models that have seen none of it, beside every other rule of the default set. */
export async function validateSpam(
  all: Labelled[],
  { measured }: OrdinaryTexts,
  scoringWithout: (video: string) => SpamScoring,
): Promise<{ folds: SpamFold[]; pooled: { held: Figures; caught: Figures } }> {
  const others = new Map<string, Outcome>();
  for (const text of [...all.map((item) => item.text), ...measured.chat, ...measured.threads]) {
    others.set(text, (await judge(anybodys(text), withoutSpam)).outcome);
  }
  const folds: SpamFold[] = [];
  const pool: Judged[] = [];
  for (const video of new Set(all.map((item) => item.video))) {
    const scoring = scoringWithout(video);
    const outcomeOf = (text: string) => harder(spamOutcome(scoring, text), others.get(text) ?? 'publish');
    const judged = all
      .filter((item) => item.video === video)
      .map(({ text, positive }): Judged => ({ positive, outcome: outcomeOf(text) }));
    pool.push(...judged);
    const share = (texts: string[]) => shareOf(texts, (text) => stops(outcomeOf(text)));
    folds.push({
      video,
      ...figures(judged),
      heldOf: {
        ham: shareOf(
          judged.filter(({ positive }) => !positive),
          ({ outcome }) => stops(outcome),
        ),
        chat: share(measured.chat),
        threads: share(measured.threads),
      },
    });
  }
  return { folds, pooled: figures(pool) };
}

/** What the server as it is shipped holds of texts that carry no spam. */
export async function heldShares(texts: Record<string, string[]>): Promise<Record<string, number>> {
  const shares: Record<string, number> = {};
  for (const [name, list] of Object.entries(texts)) {
    const judged: Outcome[] = [];
    for (const text of list) judged.push((await judge(anybodys(text), defaultRules)).outcome);
    shares[name] = shareOf(judged, stops);
  }
  return shares;
}

interface Judged {
  positive: boolean;
  outcome: Outcome;
}

const figures = (judged: Judged[]) => ({
  held: figuresOf(judged.map(({ positive, outcome }) => ({ positive, caught: stops(outcome) }))),
  caught: figuresOf(judged.map(({ positive, outcome }) => ({ positive, caught: outcome !== 'publish' }))),
});

const stops = (outcome: Outcome) => outcome === 'hold' || outcome === 'reject';

function spamOutcome(scoring: SpamScoring, text: string): Outcome {
  const score = spamScoreOf(scoring, text);
  const { flag, hold } = defaultRules.rules.spam;
  if (score >= hold) return 'hold';
  return score >= flag ? 'flag' : 'publish';
}

const withoutSpam = {
  ...defaultRules,
  rules: { ...defaultRules.rules, spam: { ...defaultRules.rules.spam, mode: 'off' as const } },
};

/** By an author of whom nothing is known. */
const anybodys = (text: string): Submission => ({
  text,
  campaignId: 0,
  author: { userId: 0, firstCommentAt: null, comments: 0, rejections: 0, premod: false },
  recent: [],
  at: '2026-01-01T00:00:00.000Z',
});
