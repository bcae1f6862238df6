import { z } from 'zod';
import { countersDataSchema } from './engagement.ts';
import { mediaSchema } from './media.ts';
import { idSchema, pageQuery, placementSchema, textSchema, timeSchema } from './primitives.ts';

export const campaignStatusSchema = z.enum([
  'draft',
  'submitted',
  'verified',
  'rejected',
  'live',
  'paused',
  'ended',
  'cancelled',
]);
export type CampaignStatus = z.infer<typeof campaignStatusSchema>;

export const audienceSchema = z.enum(['tutor', 'student', 'parent', 'advertiser', 'user']);

/** What anyone may see of a campaign that is live, paused or ended. The owner and admins get every column beside it. */
export const campaignSchema = z.looseObject({
  id: idSchema,
  name: z.string(),
  description: z.string().nullable(),
  objective: z.string().nullable(),
  advertiserId: idSchema.nullable(),
  brandId: idSchema.nullable(),
  targetAudiences: z.array(z.string()),
  targetRegions: z.array(z.string()),
  targetPlacements: z.array(z.string()),
  targetLocation: z.string().nullable(),
  nationalLocation: z.string().nullable(),
  regionalCountryCode: z.string().nullable(),
  nationalCountryCode: z.string().nullable(),
  startDate: timeSchema.nullable(),
  launchedAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
  callToAction: z.string().nullable(),
  campaignSocials: z.record(z.string(), z.unknown()).nullable(),
  status: campaignStatusSchema,
  media: z.array(mediaSchema),
  counters: countersDataSchema,
});
export type Campaign = z.infer<typeof campaignSchema>;

const money = z.number().min(0).max(999_999_999_999);
const percent = z.number().min(0).max(100);

export const createCampaignBody = z.strictObject({
  name: textSchema.pipe(z.string().trim().min(1).max(200)),
  description: textSchema.pipe(z.string().max(10_000)).optional(),
  objective: textSchema.pipe(z.string().max(1_000)).optional(),
  brandId: idSchema.optional(),
  advertiserId: idSchema.optional(),
  targetAudiences: z.array(audienceSchema).max(20).optional(),
  targetRegions: z
    .array(textSchema.pipe(z.string().max(200)))
    .max(500)
    .optional(),
  targetPlacements: z.array(placementSchema).max(20).optional(),
  targetLocation: textSchema.pipe(z.string().max(500)).optional(),
  nationalLocation: textSchema.pipe(z.string().max(500)).optional(),
  regionalCountryCode: textSchema.pipe(z.string().max(10)).optional(),
  nationalCountryCode: textSchema.pipe(z.string().max(10)).optional(),
  campaignBudget: money.optional(),
  cpiRate: z.number().min(0).max(999_999).optional(),
  billingFrequency: z.int().min(1).max(2_147_483_647).optional(),
  totalImpressionsPlanned: z.int().min(0).max(2_147_483_647).optional(),
  startDate: timeSchema.optional(),
  callToAction: textSchema.pipe(z.string().max(500)).optional(),
  campaignSocials: z.record(z.string().max(100), textSchema.pipe(z.string().max(2_000))).optional(),
  autoPauseOnLowBalance: z.boolean().optional(),
  minimumBalanceThreshold: money.optional(),
  gracePeriodHours: z.int().min(0).max(100_000).optional(),
  depositPercent: percent.optional(),
  cancellationFeePercent: percent.optional(),
});
export type CreateCampaign = z.infer<typeof createCampaignBody>;

const kept = {
  name: true,
  advertiserId: true,
  targetAudiences: true,
  targetRegions: true,
  targetPlacements: true,
} as const;
const switches = { autoPauseOnLowBalance: true } as const;

/** What is not named stays as it is; null takes away what a campaign can be without. */
export const updateCampaignBody = z.strictObject({
  ...createCampaignBody.pick({ ...kept, ...switches }).partial().shape,
  ...nullable(createCampaignBody.omit({ ...kept, ...switches }).shape),
});
export type UpdateCampaign = z.infer<typeof updateCampaignBody>;

function nullable<S extends Record<string, z.ZodOptional<z.ZodType>>>(shape: S) {
  const entries = Object.entries(shape).map(([name, schema]) => [name, schema.unwrap().nullable().optional()]);
  return Object.fromEntries(entries) as { [K in keyof S]: z.ZodOptional<z.ZodNullable<ReturnType<S[K]['unwrap']>>> };
}

export const transitionTargetSchema = z.enum([
  'submitted',
  'verified',
  'rejected',
  'live',
  'paused',
  'ended',
  'cancelled',
]);
export type TransitionTarget = z.infer<typeof transitionTargetSchema>;
export const transitionBody = z.strictObject({
  to: transitionTargetSchema,
  reason: textSchema.pipe(z.string().max(2_000)).optional(),
});

export const listCampaignsQuery = z.object({
  ...pageQuery,
  status: campaignStatusSchema.optional(),
});
