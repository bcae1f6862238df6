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
  /\b(?:subs?|subscri\w*|su[bcs]{2,}cribe\w*|follow|share|vote|visit|click|check|support|thumbs|channel|money|free|please|pls|plz|like\s+(?:this|my|our|if)|hit\s+me|search|look\s+(?:up|at\s+(?:this|my))|add\s+me|watch(?:ing)?|comment)\b/u;
/** From here on a link is enough; below, whoever only shows where to read on is not kept waiting. */
const bareLink = 0.9;
/** Fewer words say too little to be sure, unless the model is. */
const fewWords = 4;
const sure = 0.97;

export const spamScore = (text: string): number => spamModel.score(spamFeatures(text));
export const abuseScore = (text: string): number => abuseModel.score(abuseFeatures(text));

interface SpamThresholds {
  flag: number;
  hold: number;
}

export const spam = (input: RuleInput, thresholds: SpamThresholds): Found | null =>
  spamOf(spamScore(input.original), input, thresholds);

/** What follows from the model's score of that text. */
export function spamOf(score: number, input: RuleInput, { flag, hold }: SpamThresholds): Found | null {
  if (score < Math.min(flag, hold)) return null;
  const asked = promotion(input);
  const linked = input.tokens.some(({ kind }) => kind === 'link' || kind === 'mail');
  const plain = asked !== null || linked || contact(input) !== null;
  const words = input.tokens.filter(({ kind }) => kind === 'word').length;
  const says = plain || words >= fewWords;
  if (!says && score < sure) return null;
  const solicits = asked !== null || wants.test(input.reading.text) || (linked && score >= bareLink);
  const held = says && solicits && score >= hold;
  if (!held && score < flag) return null;
  const evidence = { score: Number(score.toFixed(3)), ...asked?.evidence };
  return { score, outcome: held ? 'hold' : 'flag', evidence };
}

/** Of texts that speak to somebody: what is said of things and of oneself is nobody's abuse. */
export function abuse(input: RuleInput, { score: threshold }: { score: number }): Found | null {
  if (!/\b(?:you|your|u|ur|you're)\b/u.test(input.reading.text)) return null;
  const score = abuseScore(input.original);
  return score >= threshold ? { score, evidence: { score: Number(score.toFixed(3)) } } : null;
}
