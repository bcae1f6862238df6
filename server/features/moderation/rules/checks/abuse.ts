import { abuseFeatures } from '../model/abuse-features.ts';
import { probabilityOf } from '../model/hashed-model.ts';
import { abuseModel } from '../model/stored-models.ts';
import type { Rule } from '../rule.ts';

const reader = new Set(['you', 'your', 'u', 'ur', 'youre']);

/** Of texts that speak to somebody: what is said of things and of oneself is nobody's abuse. */
export const abuse: Rule<{ score: number }> = (reading, { score: threshold }) => {
  if (!reading.words().some(({ text }) => reader.has(text))) return null;
  const features = abuseFeatures(reading.submission.text);
  const score = probabilityOf(abuseModel.logOdds(features));
  if (score < threshold) return null;
  const because = abuseModel.strongest(features, 5).map((name) => name.slice(2));
  return { score, evidence: { score: Number(score.toFixed(3)), because } };
};
