import { z } from 'zod';
import { idParamSchema, idSchema, pageQuery, textSchema, timeSchema } from './primitives.ts';

export const COMMENT_MAX_GRAPHEMES = 5_000;

export const commentSortSchema = z.enum(['newest', 'oldest', 'top']);
export type CommentSort = z.infer<typeof commentSortSchema>;

export const commentStatusSchema = z.enum(['published', 'approved', 'pending', 'rejected', 'removed']);

const count = z.int().min(0);

const commentFields = {
  id: idSchema,
  campaignId: idSchema,
  parentId: idSchema.nullable(),
  depth: count,
  author: z.object({ id: idSchema, name: z.string(), profileType: z.string().nullable() }),
  text: z.string().nullable(),
  status: commentStatusSchema,
  revision: z.int().min(1),
  likes: count,
  replies: count,
  descendants: count,
  createdAt: timeSchema,
  editedAt: timeSchema.nullable(),
  removed: z.object({ by: z.enum(['author', 'moderator', 'rule']), reason: z.string().nullable() }).optional(),
};

/** A comment as everybody sees it. `replies` counts the published direct ones, `descendants` all below. */
export const commentSchema = z.object(commentFields);
export type Comment = z.infer<typeof commentSchema>;

/** In lists asked for with `previewReplies`, each item brings its first replies, oldest first. */
export const listedCommentSchema = z.object({ ...commentFields, replyPreview: z.array(commentSchema).optional() });
export type ListedComment = z.infer<typeof listedCommentSchema>;

export const createCommentBody = z.strictObject({ text: textSchema, parentId: idSchema.nullish() });
export type CreateComment = z.infer<typeof createCommentBody>;

export const listCommentsQuery = z.object({
  ...pageQuery,
  sort: commentSortSchema.default('newest'),
  previewReplies: z
    .string()
    .regex(/^[0-9]{1,3}$/)
    .transform(Number)
    .transform((n) => Math.min(n, 10))
    .default(0),
});

/** A page of a thread and the position in `campaign:{id}` at which it is true: subscribe from there. */
export const commentPageSchema = z.object({
  items: z.array(listedCommentSchema),
  nextCursor: z.string().nullable(),
  stream: z.string(),
  epoch: z.string(),
  seq: count,
});
export type CommentPage = z.infer<typeof commentPageSchema>;

export const commentParams = z.object({ id: idParamSchema });

/** `comment:counters` data. */
export const commentCountersDataSchema = z.object({
  campaignId: idSchema,
  commentId: idSchema,
  likes: count,
  replies: count,
  descendants: count,
});
export type CommentCountersData = z.infer<typeof commentCountersDataSchema>;
