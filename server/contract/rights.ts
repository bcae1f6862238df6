import { z } from 'zod';
import { commentSchema } from './comment.ts';
import { idSchema, pageOf, pageQuery, textSchema, timeSchema } from './primitives.ts';

const sentence = (longest: number) => textSchema.pipe(z.string().trim().min(1).max(longest));

export const createAppealBody = z.strictObject({ text: sentence(2_000) });
export const filedSchema = z.object({ id: idSchema });

export const appealStatusSchema = z.enum(['open', 'granted', 'denied', 'obsolete']);
/** `obsolete`: the decision was undone before anybody looked at the appeal. */
export const appealSchema = z.object({
  id: idSchema,
  status: appealStatusSchema,
  text: z.string(),
  createdAt: timeSchema,
  commentId: idSchema,
  campaignId: idSchema,
  author: z.object({ id: idSchema, name: z.string() }),
  decision: z.object({
    id: idSchema,
    action: z.string(),
    reason: z.string().nullable(),
    explanation: z.string().nullable(),
    /** Null: a rule. */
    moderator: z.object({ id: idSchema, name: z.string().nullable() }).nullable(),
  }),
  comment: commentSchema.nullable(),
  decidedAt: timeSchema.nullable(),
  decidedBy: idSchema.nullable(),
  explanation: z.string().nullable(),
});
export const listAppealsQuery = z.object({ ...pageQuery, status: appealStatusSchema.optional() });
export const appealPageSchema = pageOf(appealSchema);
export const decideAppealBody = z.strictObject({ action: z.enum(['grant', 'deny']), explanation: sentence(2_000) });

/** Article 16 of Regulation (EU) 2022/2065; who notifies may stay unnamed. */
export const createNoticeBody = z.strictObject({
  explanation: sentence(5_000),
  law: sentence(500).nullish(),
  name: sentence(200).nullish(),
  email: z.email().max(320).nullish(),
  goodFaith: z.literal(true),
});

export const noticeStatusSchema = z.enum(['open', 'upheld', 'dismissed']);
export const noticeSchema = z.object({
  id: idSchema,
  status: noticeStatusSchema,
  explanation: z.string(),
  law: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  userId: idSchema.nullable(),
  createdAt: timeSchema,
  commentId: idSchema,
  campaignId: idSchema,
  comment: commentSchema.nullable(),
  decidedAt: timeSchema.nullable(),
  decidedBy: idSchema.nullable(),
  decisionId: idSchema.nullable(),
  outcome: z.string().nullable(),
});
export const listNoticesQuery = z.object({ ...pageQuery, status: noticeStatusSchema.optional() });
export const noticePageSchema = pageOf(noticeSchema);
export const decideNoticeBody = z.strictObject({ action: z.enum(['uphold', 'dismiss']), explanation: sentence(2_000) });
