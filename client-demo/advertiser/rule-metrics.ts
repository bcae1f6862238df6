import { alertRulesBody } from '../../server/contract/metrics.ts';
import { isRate } from './format.ts';

/** What rules may be about, as the contract has it. */
export const ruleMetrics = alertRulesBody.shape.rules.element.shape.metric.options;
export type RuleMetric = (typeof ruleMetrics)[number];

export const unitOf = (metric: RuleMetric): 'percent' | 'money' | 'count' => {
  if (isRate(metric) || metric === 'budgetUsed') return 'percent';
  return metric === 'spend' ? 'money' : 'count';
};

/** What was typed, as the server compares it: rates are fractions there and percentages here. Null when it is no number. */
export function thresholdOf(metric: RuleMetric, typed: string): number | null {
  const value = Number(typed.trim().replace(',', '.'));
  if (typed.trim() === '' || !Number.isFinite(value) || value < 0) return null;
  return isRate(metric) ? Number((value / 100).toFixed(6)) : value;
}

/** The other way: a threshold of the server's as a person would type it. */
export const typedOf = (metric: RuleMetric, threshold: number): string =>
  String(isRate(metric) ? Number((threshold * 100).toFixed(4)) : threshold);
