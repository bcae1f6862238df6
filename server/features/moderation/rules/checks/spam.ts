import { spamFeatures } from '../model/spam-features.ts';
import { spamModel } from '../model/stored-models.ts';
import type { Rule } from '../rule.ts';

interface SpamThresholds {
  flag: number;
  hold: number;
}

export const spam: Rule<SpamThresholds> = ({ submission }, { flag, hold }) => {
  const features = spamFeatures(submission.text);
  const score = spamModel.scoreOf(features);
  if (score < Math.min(flag, hold)) return null;
  const evidence = { score: Number(score.toFixed(3)), because: spamModel.because(features) };
  return { score, outcome: score >= hold ? 'hold' : 'flag', evidence };
};
