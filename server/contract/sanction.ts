import { z } from 'zod';
import { idParamSchema, idSchema, pageOf, textSchema, timeSchema } from './primitives.ts';

/**
 * `warn` has to be acknowledged before the next comment; `mute`: no comments; `premod`: comments are looked at before
 * others see them; `suspend`, which ends, and `ban`: no engagement at all.
 */
export const sanctionKindSchema = z.enum(['warn', 'mute', 'premod', 'suspend', 'ban']);
export type SanctionKind = z.infer<typeof sanctionKindSchema>;

/** As the user it restricts sees it, also as the data of `sanction:changed`. `campaignId` null: everywhere. */
export const sanctionSchema = z.object({
  id: idSchema,
  userId: idSchema,
  kind: sanctionKindSchema,
  campaignId: idSchema.nullable(),
  reason: z.string(),
  explanation: z.string().nullable(),
  until: timeSchema.nullable(),
  createdAt: timeSchema,
  acknowledgedAt: timeSchema.nullable(),
  liftedAt: timeSchema.nullable(),
  inForce: z.boolean(),
  decisionId: idSchema,
});
export type Sanction = z.infer<typeof sanctionSchema>;

/** As moderators see it: by whom. `liftedBy` is null where it ended by itself. */
export const deskSanctionSchema = sanctionSchema.extend({
  by: z.object({ id: idSchema.nullable() }),
  liftedBy: idSchema.nullable(),
});

/** What the undo of a sanction's line answers: the line that ends it, with the sanction as it is then. */
export const undoneSanctionSchema = z.object({
  id: idSchema,
  at: timeSchema,
  action: z.literal('lift'),
  userId: idSchema,
  campaignId: idSchema.nullable(),
  moderator: z.object({ id: idSchema.nullable(), name: z.string().nullable() }),
  reason: z.string().nullable(),
  explanation: z.string().nullable(),
  undoes: idSchema,
  sanction: deskSanctionSchema,
});

const sentence = (longest: number) => textSchema.pipe(z.string().trim().min(1).max(longest));

export const createSanctionBody = z
  .strictObject({
    kind: sanctionKindSchema,
    reason: sentence(200),
    explanation: sentence(2_000).nullish(),
    until: timeSchema.nullish(),
    campaignId: idSchema.nullish(),
  })
  .refine(({ kind, until }) => kind !== 'suspend' || until, { path: ['until'], message: 'a suspension ends' })
  .refine(({ kind, until }) => kind !== 'warn' || !until, { path: ['until'], message: 'a warning is acknowledged' })
  .refine(({ until }) => !until || Date.parse(until) > Date.now(), { path: ['until'], message: 'lies in the past' });

export const liftSanctionQuery = z.object({ kind: sanctionKindSchema, campaignId: idParamSchema.optional() });

export const ownSanctionsSchema = pageOf(sanctionSchema);

const count = z.int().min(0);

/** What moderators know of a user. Lists are the newest first: at most 100 sanctions and 50 lines of the log. */
export const personSchema = z.object({
  id: idSchema,
  name: z.string(),
  record: z.object({
    comments: count,
    rejections: count,
    held: count,
    flags: z.object({ raised: count, agreed: count, disagreed: count, weight: z.number().nullable() }),
    appeals: z.object({ filed: count, granted: count }),
  }),
  sanctions: z.array(deskSanctionSchema),
  history: z.array(deskSanctionSchema),
  log: z.array(
    z.object({
      id: idSchema,
      at: timeSchema,
      actor: z.object({ id: idSchema, name: z.string().nullable() }).nullable(),
      action: z.string(),
      commentId: idSchema.nullable(),
      userId: idSchema.nullable(),
      reason: z.string().nullable(),
      explanation: z.string().nullable(),
    }),
  ),
});
