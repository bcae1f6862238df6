import { readFileSync } from 'node:fs';
import { abuseFeatures, spamFeatures } from './features.ts';
import { type LinearModel, modelOf, type StoredModel } from './linear-model.ts';
import type { Found, RuleInput } from './rule.ts';
import { contact, promotion } from './sayings.ts';

const load = (name: string): LinearModel =>
  modelOf(JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as StoredModel);
const spamModel = load('spam-model');
const abuseModel = load('abuse-model');

/** What spam wants of its readers; without it a text that merely reads like spam waits for nobody. */
const wants =
  /\b(?:sub\w*|su[bcs]{2,}cribe\w*|like|likes|follow|share|vote|visit|click|watch|view|see|check|look|search|add|support|thumbs|comment|channel|video|song|page|site|money|free|help|please|pls|plz|buy|win|hit\s+me)\b/u;

/** From here on a link is enough; below, whoever only shows where to read on is not kept waiting. */
const bareLink = 0.9;

export const spamScore = (text: string): number => spamModel.score(spamFeatures(text));
export const abuseScore = (text: string): number => abuseModel.score(abuseFeatures(text));

export function spam(input: RuleInput, { flag, hold }: { flag: number; hold: number }): Found | null {
  const score = spamScore(input.original);
  if (score < Math.min(flag, hold)) return null;
  const solicits =
    (score >= bareLink && input.tokens.some(({ kind }) => kind === 'link' || kind === 'mail')) ||
    wants.test(input.reading.text) ||
    promotion(input) !== null ||
    contact(input) !== null;
  const held = score >= hold && solicits;
  if (!held && score < flag) return null;
  return {
    score,
    outcome: held ? 'hold' : 'flag',
    evidence: { score: Number(score.toFixed(3)), ...promotion(input)?.evidence },
  };
}

/** Of texts that speak to somebody: what is said of things and of oneself is nobody's abuse. */
export function abuse(input: RuleInput, { score: threshold }: { score: number }): Found | null {
  if (!/\b(?:you|your|u|ur|you're)\b/u.test(input.reading.text)) return null;
  const score = abuseScore(input.original);
  return score >= threshold ? { score, evidence: { score: Number(score.toFixed(3)) } } : null;
}
