import { z } from 'zod';
import { countersDataSchema, reactionTypeSchema } from './engagement.ts';
import { idSchema, timeSchema } from './primitives.ts';

const count = z.int().min(0);
const rate = z.number().min(0);

/** Impressions that even delivery would have brought by now, beside those that are there; `ratio` is their quotient. */
export const pacingSchema = z.object({ expected: count, delivered: count, ratio: rate });

/**
 * `campaign:metrics` data, for a campaign's owner. Rates are fractions. `spend` adds up the rates at which the valid
 * impressions were seen; `remainingBalance` is campaignBudget − valid impressions × cpiRate, null without a budget.
 */
export const metricsDataSchema = countersDataSchema.extend({
  viewable: count,
  clicks: count,
  conversions: count,
  reach: count,
  frequency: rate,
  spend: z.number(),
  remainingBalance: z.number().nullable(),
  viewabilityRate: rate,
  clickThroughRate: rate,
  conversionRate: rate,
  engagementRate: rate,
  marketingEfficiencyRatio: z.number(),
  pacing: pacingSchema.nullable(),
});
export type MetricsData = z.infer<typeof metricsDataSchema>;

/**
 * `engagement:created` data, for a campaign's owner: saves and follows name nobody. `parentId` is the comment that was
 * answered or liked.
 */
export const engagementDataSchema = z.object({
  campaignId: idSchema,
  id: idSchema,
  type: z.enum([...reactionTypeSchema.options, 'share', 'comment']),
  userId: idSchema.nullable(),
  parentId: idSchema.nullable(),
  at: timeSchema,
});

/** Which impressions are counted: those without a verdict of invalid traffic, those with one, or all. */
export const metricsQuery = z.object({ traffic: z.enum(['valid', 'all', 'invalid']).default('valid') });

/**
 * Every column of campaign_with_full_metrics, true at `asOf`; `version` orders it against `campaign:metrics` frames.
 */
export const metricsAnswer = z.looseObject({
  id: idSchema,
  asOf: timeSchema,
  version: z.int().min(0),
  traffic: metricsQuery.shape.traffic.unwrap(),
  viewable: count,
  spend: z.number(),
  pacing: pacingSchema.nullable(),
});

/**
 * `milestone:reached` data, once for each campaign, metric and value, for ever: 10, 100, 1,000 … of a count, and 10, 50
 * and 100 (percent) of `plan` (impressions planned) and `budget`.
 */
export const milestoneDataSchema = z.object({ campaignId: idSchema, metric: z.string(), value: z.int().min(1) });

/** `times_usual`: at least so many times the mean of the equal windows of the seven days before. */
const alertComparison = z.enum(['below', 'above', 'times_usual']);

/** `alert:fired` data: a rule of the advertiser began to hold. `observed` is what it was compared with. */
export const alertDataSchema = z.object({
  campaignId: idSchema,
  ruleId: idSchema,
  metric: z.string(),
  comparison: alertComparison,
  threshold: z.number(),
  windowMinutes: z.int().min(1),
  observed: z.number(),
});

export const MAX_ALERT_RULES = 20;

const alertCounts = [
  ...(['impressions', 'viewable', 'clicks', 'conversions'] as const),
  ...(['likes', 'shares', 'comments', 'saves', 'bookmarks'] as const),
] as const;
const alertRates = ['clickThroughRate', 'viewabilityRate', 'conversionRate', 'engagementRate'] as const;

/**
 * A rule of an advertiser. Counts are compared by how much they grew within the window, rates by that of the window,
 * `budgetUsed` (percent) by all that was spent so far. `flags` are those that the campaign's comments were given within the
 * window. Nothing is said of a window in which the server did not look; of counts above a threshold, once they are.
 */
const alertRuleFields = {
  metric: z.enum([...alertCounts, ...alertRates, 'spend', 'budgetUsed', 'flags']),
  comparison: alertComparison,
  threshold: z.number().min(0).max(1_000_000_000_000),
  windowMinutes: z.int().min(1).max(1_440),
};

/** All rules of a campaign: what is not there any more is dropped, what is there already goes on. */
export const alertRulesBody = z.strictObject({
  rules: z
    .array(
      z
        .strictObject(alertRuleFields)
        .refine(
          ({ comparison, metric, threshold }) => comparison !== 'times_usual' || (metric === 'flags' && threshold >= 1),
          {
            message: 'times_usual is of flags, and at least 1',
          },
        ),
    )
    .max(MAX_ALERT_RULES),
});
export type AlertRules = z.infer<typeof alertRulesBody>;

/** `holds`: what was compared last is beyond the threshold; `firedAt`: when that began last. */
export const alertRulesAnswer = z.object({
  rules: z.array(z.object({ id: idSchema, ...alertRuleFields, holds: z.boolean(), firedAt: timeSchema.nullable() })),
});
