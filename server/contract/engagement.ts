import { z } from 'zod';
import { idSchema, pageQuery, textSchema, timeSchema } from './primitives.ts';

const count = z.int().min(0);

export const reactionTypeSchema = z.enum(['like', 'save', 'bookmark']);
export type ReactionType = z.infer<typeof reactionTypeSchema>;

export const engagementCountsSchema = z.object({
  likes: count,
  shares: count,
  comments: count,
  saves: count,
  bookmarks: count,
});
export type EngagementCounts = z.infer<typeof engagementCountsSchema>;

export const mineSchema = z.object({ like: z.boolean(), save: z.boolean(), bookmark: z.boolean() });
export type Mine = z.infer<typeof mineSchema>;

export const reactionAnswer = z.object({ counts: engagementCountsSchema, mine: mineSchema });
export type ReactionAnswer = z.infer<typeof reactionAnswer>;

export const shareBody = z.strictObject({ channel: textSchema.pipe(z.string().trim().max(50)).optional() });
export const shareAnswer = z.object({ id: idSchema, counts: engagementCountsSchema, mine: mineSchema });
export type ShareAnswer = z.infer<typeof shareAnswer>;

export const engagementAnswer = engagementCountsSchema.extend({ total: count });
export const myEngagementAnswer = mineSchema.extend({ shared: z.boolean(), commented: z.boolean() });

export const commentLikeAnswer = z.object({ likes: count, mine: z.boolean() });
export type CommentLikeAnswer = z.infer<typeof commentLikeAnswer>;

/** `campaign:counters` data: what the public may see. */
export const countersDataSchema = engagementCountsSchema.extend({ campaignId: idSchema, impressions: count });
export type CountersData = z.infer<typeof countersDataSchema>;

export const meEngagementQuery = z.object({
  ...pageQuery,
  campaignId: z
    .string()
    .regex(/^[0-9]{1,16}$/)
    .transform(Number)
    .pipe(idSchema)
    .optional(),
});
/** One thing a user did; `commentId` is set on a like of a comment and on a comment itself. */
export const meEngagementItem = z.object({
  id: idSchema,
  type: z.enum(['like', 'save', 'bookmark', 'share', 'comment']),
  campaignId: idSchema,
  commentId: idSchema.nullable(),
  createdAt: timeSchema,
});

export const engagedQuery = z.object({ ...pageQuery, type: z.enum(['like', 'share', 'comment']).optional() });
/** Who did something in public with a campaign. Saves and follows are private: their counts alone are told. */
export const engagedItem = z.object({
  id: idSchema,
  type: z.enum(['like', 'share', 'comment']),
  user: z.object({ id: idSchema, name: z.string(), profileType: z.string().nullable() }),
  createdAt: timeSchema,
});
