import { z } from 'zod';
import { commentSchema, flagReasonSchema } from './comment.ts';
import { idParamSchema, idSchema, pageQuery, textSchema, timeSchema } from './primitives.ts';

export const queueSchema = z.enum(['reported', 'pending', 'approved', 'rejected']);
export type Queue = z.infer<typeof queueSchema>;

const count = z.int().min(0);

/** `moderation:queues` data, and `GET /moderation/queues`: how many items each queue holds. */
export const queuesSchema = z.object({ reported: count, pending: count, approved: count, rejected: count });

const person = z.object({ id: idSchema, name: z.string() });

/** A lease on an item: nobody else may decide it until then. `moderation:claimed` and `moderation:released` data. */
export const claimSchema = z.object({ commentId: idSchema, by: person, until: timeSchema });
export type Claim = z.infer<typeof claimSchema>;

/**
 * A line of the log that decided something, or took a decision back (`undoes`). `moderation:decided` data. The moderator's
 * id is null where a rule acted.
 */
export const decisionSchema = z.object({
  id: idSchema,
  commentId: idSchema,
  campaignId: idSchema,
  action: z.enum(['approve', 'reject', 'undo', 'escalate']),
  moderator: z.object({ id: idSchema.nullable(), name: z.string().nullable() }),
  revision: z.int().min(1).nullable(),
  reason: z.string().nullable(),
  explanation: z.string().nullable(),
  batch: z.uuid().nullable(),
  undoes: idSchema.nullable(),
  at: timeSchema,
});
export type Decision = z.infer<typeof decisionSchema>;

const itemFields = {
  commentId: idSchema,
  campaignId: idSchema,
  /** With its text, whatever became of it. */
  comment: commentSchema,
  queue: queueSchema,
  revision: z.int().min(1),
  /** `open`: those that no decision settled; `weight` is their sum, by the record of who raised them. */
  flags: z.object({
    total: count,
    open: count,
    weight: z.number().min(0),
    byReason: z.partialRecord(flagReasonSchema, count),
  }),
  rules: z.array(
    z.object({ rule: z.string(), outcome: z.string(), evidence: z.unknown(), score: z.number().nullable() }),
  ),
  claim: claimSchema.nullable(),
  /** An admin was asked for. */
  escalated: z.boolean(),
  /** The decision that holds. */
  decision: decisionSchema.nullable(),
  enteredAt: timeSchema,
};

/** `moderation:item-entered` data. An item that changed in its queue enters it again: replace what you have. */
export const enteredItemSchema = z.object(itemFields);
/** `screens`: how many show the comment now, as far as this node knows. */
export const itemSchema = z.object({ ...itemFields, screens: count });
export type Item = z.infer<typeof itemSchema>;

export const leftItemSchema = z.object({ commentId: idSchema, campaignId: idSchema, queue: queueSchema });

export const noteSchema = z.object({
  id: idSchema,
  commentId: idSchema,
  text: z.string(),
  at: timeSchema,
  moderator: person,
});

/** An item with the thread around it, its author's record (all campaigns), the notes and every decision, newest first. */
export const itemDetailSchema = z.object({
  ...itemFields,
  screens: count,
  thread: z.object({ ancestors: z.array(commentSchema), siblings: z.array(commentSchema) }),
  author: z.object({
    id: idSchema,
    name: z.string(),
    comments: count,
    rejections: count,
    flags: count,
    sanctions: z.array(
      z.object({
        kind: z.string(),
        reason: z.string(),
        campaignId: idSchema.nullable(),
        until: timeSchema.nullable(),
        createdAt: timeSchema,
        liftedAt: timeSchema.nullable(),
      }),
    ),
  }),
  notes: z.array(noteSchema),
  decisions: z.array(decisionSchema),
});

/**
 * `harm` puts escalated items first, then by weight × screens × age, of the 10,000 heaviest; it moves while it is read.
 * Without a sort it is harm where something is to be decided, else newest.
 */
export const itemsQuery = z.object({
  ...pageQuery,
  queue: queueSchema.default('reported'),
  sort: z.enum(['harm', 'newest', 'oldest']).optional(),
});
/** A page of a queue and the position in `moderation` at which it is true: subscribe from there. */
export const itemPageSchema = z.object({
  items: z.array(itemSchema),
  nextCursor: z.string().nullable(),
  stream: z.string(),
  epoch: z.string(),
  seq: count,
});

export const itemParams = z.object({ commentId: idParamSchema });

const short = textSchema.pipe(z.string().trim().min(1).max(200));
const long = textSchema.pipe(z.string().trim().max(5_000));

const decisionFields = {
  action: z.enum(['approve', 'reject']),
  reason: short.nullish(),
  explanation: long.nullish(),
  /** The one the moderator saw: of another it is 409 `stale_revision`. */
  revision: z.int().min(1).max(2_147_483_647),
};
export const decideBody = z.strictObject(decisionFields);
export const decideBatchBody = z.strictObject({
  decisions: z
    .array(z.strictObject({ commentId: idSchema, ...decisionFields }))
    .min(1)
    .max(100),
});
export const batchAnswer = z.object({ batch: z.uuid(), items: z.array(decisionSchema) });
export const undoBody = z.strictObject({ explanation: long.nullish() });
export const decisionParams = z.object({ id: idParamSchema });
export const batchParams = z.object({ batch: z.uuid() });

export const noteBody = z.strictObject({ text: long.pipe(z.string().min(1)) });
export const escalateBody = z.strictObject({ note: long.nullish() });

export const templateBody = z.strictObject({ reason: short, title: short, text: long.pipe(z.string().min(1)) });
export const templateSchema = z.object({ id: idSchema, reason: z.string(), title: z.string(), text: z.string() });

export const logQuery = z.object({
  ...pageQuery,
  action: z
    .string()
    .regex(/^[a-z_]{1,30}$/)
    .optional(),
  actorId: idParamSchema.optional(),
  userId: idParamSchema.optional(),
  commentId: idParamSchema.optional(),
  campaignId: idParamSchema.optional(),
  batch: z.uuid().optional(),
});
/** `userId` is whom it concerns. `hash` is that of the line, over the hash of the one before. */
export const logEntrySchema = z.object({
  id: idSchema,
  at: timeSchema,
  actor: z.object({ id: idSchema.nullable(), name: z.string().nullable() }),
  action: z.string(),
  commentId: idSchema.nullable(),
  campaignId: idSchema.nullable(),
  userId: idSchema.nullable(),
  revision: z.int().min(1).nullable(),
  reason: z.string().nullable(),
  explanation: z.string().nullable(),
  batch: z.uuid().nullable(),
  undoes: idSchema.nullable(),
  hash: z.string(),
});

export const moderationStream = 'moderation';
