import { z } from 'zod';
import { idParamSchema, idSchema, pageQuery, textSchema, timeSchema } from './primitives.ts';

export const COMMENT_MAX_GRAPHEMES = 5_000;

export const commentSortSchema = z.enum(['newest', 'oldest', 'top']);
export type CommentSort = z.infer<typeof commentSortSchema>;

export const commentStatusSchema = z.enum(['published', 'approved', 'pending', 'rejected', 'removed']);

const count = z.int().min(0);

/**
 * Why a comment is not shown. Its author and moderators are told more: the explanation, the decision that stands against it
 * (null: none in the log) and whether an appeal against it is possible, or what became of it.
 */
export const removalSchema = z.object({
  by: z.enum(['author', 'moderator', 'rule']),
  reason: z.string().nullable(),
  explanation: z.string().nullable().optional(),
  decisionId: idSchema.nullable().optional(),
  appealable: z.boolean().optional(),
  appeal: z
    .object({
      id: idSchema,
      status: z.enum(['open', 'granted', 'denied', 'obsolete']),
      explanation: z.string().nullable(),
    })
    .nullable()
    .optional(),
});

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
  /** Whom the text names by @name, among those who wrote in the campaign; absent when it names nobody. */
  mentions: z.array(z.object({ id: idSchema, name: z.string() })).optional(),
  removed: removalSchema.optional(),
};

/** A comment as everybody sees it. `replies` counts the published direct ones, `descendants` all below. */
export const commentSchema = z.object(commentFields).meta({ id: 'Comment' });
export type Comment = z.infer<typeof commentSchema>;

/** In lists asked for with `previewReplies`, each item brings its first replies, oldest first. */
export const listedCommentSchema = z.object({ ...commentFields, replyPreview: z.array(commentSchema).optional() });
export type ListedComment = z.infer<typeof listedCommentSchema>;

/** The answer to a comment that nobody else is shown yet, or that is rejected at once; `reason` is the rule that says so. */
export const heldCommentSchema = z.object({
  id: idSchema,
  status: z.enum(['pending', 'rejected']),
  reason: z.string().nullable(),
});

export const createCommentBody = z.strictObject({ text: textSchema, parentId: idSchema.nullish() });
export type CreateComment = z.infer<typeof createCommentBody>;

/** `check=1` writes nothing: it answers what would become of the text, with a sentence for its author where there is one. */
export const checkQuery = z.object({ check: z.literal('1').optional() });
export const checkedCommentSchema = z.object({
  status: z.enum(['published', 'pending', 'rejected']),
  nudge: z.string().nullable(),
});

/** `revision` is the one the author saw: an edit of another one is 409 `stale_revision`. */
export const editCommentBody = z.strictObject({ text: textSchema, revision: z.int().min(1) });

export const listCommentsQuery = z.object({
  ...pageQuery,
  sort: commentSortSchema.default('newest'),
  previewReplies: z
    .string()
    .regex(/^[0-9]{1,3}$/)
    .transform(Number)
    .transform((n) => Math.min(n, 10))
    .default(0),
  /** A seq of the campaign's stream: the answer waits until the stream is there, at most 2 s. */
  after: z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .transform(Number)
    .optional(),
  /** The thread as it stood at that moment: for moderators and the owner. */
  at: z.string().max(40).optional(), // a time; judged when it is known who asks
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

export const commentContextSchema = z.object({ ancestors: z.array(commentSchema), comment: commentSchema });

/** One wording of a comment, oldest first; the last is the present one, and `replacedAt` is null. */
export const commentRevisionSchema = z.object({
  revision: z.int().min(1),
  text: z.string(),
  writtenAt: timeSchema,
  replacedAt: timeSchema.nullable(),
});
export type CommentRevision = z.infer<typeof commentRevisionSchema>;

export const flagReasonSchema = z.enum(['offensive', 'abusive', 'spam', 'illegal', 'off_topic', 'other']);
export type FlagReason = z.infer<typeof flagReasonSchema>;
export const flagCommentBody = z.strictObject({
  reason: flagReasonSchema,
  note: textSchema.pipe(z.string().trim().max(1_000)).optional(),
});
/** A user's flag of a comment; flagging it again answers with the first. */
export const flagSchema = z.object({
  id: idSchema,
  commentId: idSchema,
  reason: flagReasonSchema,
  note: z.string().nullable(),
  /** What a decision made of it: null while there is none; `obsolete`: the text is another, or gone. */
  outcome: z.enum(['agreed', 'disagreed', 'obsolete']).nullable(),
  createdAt: timeSchema,
});

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
