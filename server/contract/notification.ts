import { z } from 'zod';
import { idParamSchema, idSchema, pageOf, pageQuery, timeSchema } from './primitives.ts';
import { zoneSchema } from './stats.ts';

/**
 * What a user is told of, and what `commentId` and `data` are then.
 *
 * About people, with `count` of them and the newest three as `actors`:
 * - `reply`, `comment_liked`: commentId is the user's own comment that was answered or liked
 * - `mention`: commentId is the comment that names the user
 *
 * About a decision, to whom it concerns: `comment_approved`, `comment_rejected`, `comment_restored` {by, reason},
 * `flag_outcome` {outcome: agreed, disagreed, or undone: the decision was taken back and the flag is open again},
 * `appeal_answered` {appealId, status, explanation}, `sanction` {action, sanction, reason, until?}.
 *
 * About a campaign, to its advertiser: `engagement` {likes, shares, comments, saves, bookmarks}, where count is by how much
 * they grew in all; `milestone` {metric, value}, `alert` (the rule), `pacing` {pace, expected, delivered, ratio},
 * `low_balance`, `auto_paused`, `invoice_issued`, `invoice_paid`, `invoice_overdue` {invoiceId, amount, …}.
 *
 * `endpoint_disabled` {endpointId, reason, at}, of a webhook endpoint, to who made it and to its advertiser's users.
 *
 * `digest` {digestId, cadence, periodStart, items}.
 */
export const notificationKinds = [
  'reply',
  'mention',
  'comment_liked',
  'comment_approved',
  'comment_rejected',
  'comment_restored',
  'flag_outcome',
  'appeal_answered',
  'sanction',
  'engagement',
  'milestone',
  'alert',
  'pacing',
  'low_balance',
  'auto_paused',
  'invoice_issued',
  'invoice_paid',
  'invoice_overdue',
  'endpoint_disabled',
  'digest',
] as const;
export const notificationKindSchema = z.enum(notificationKinds);

/** Unread ones of one kind and subject are one, with a count; `updatedAt` is when it grew last. */
export const notificationSchema = z.object({
  id: idSchema,
  kind: notificationKindSchema,
  commentId: idSchema.nullable(),
  campaignId: idSchema.nullable(),
  count: z.int().min(1),
  actors: z.array(z.object({ id: idSchema, name: z.string() })).max(3),
  data: z.record(z.string(), z.unknown()),
  readAt: timeSchema.nullable(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type Notification = z.infer<typeof notificationSchema>;

/** `notification:unread` data: how many notifications of the list are unread. */
export const unreadDataSchema = z.object({ unread: z.int().min(0) });

export const notificationsQuery = z.object({
  ...pageQuery,
  unread: z.enum(['0', '1']).default('0'),
  kind: notificationKindSchema.optional(),
  campaignId: idParamSchema.optional(),
});

/** Newest change first. `unread` counts the whole list, whatever the filters. */
export const notificationsAnswer = pageOf(notificationSchema).extend(unreadDataSchema.shape);

/** Those named (others' are left alone), all, or all that changed last at `upTo` or before. */
export const chosenNotifications = z.union([
  z.strictObject({ ids: z.array(idSchema).max(1_000) }),
  z.strictObject({ all: z.literal(true) }),
  z.strictObject({ upTo: timeSchema }),
]);
export type ChosenNotifications = z.infer<typeof chosenNotifications>;

const preferenceSchema = z.strictObject({
  kind: notificationKindSchema.nullable().default(null),
  campaignId: idSchema.nullable().default(null),
  inApp: z.boolean().default(true),
  digest: z.enum(['none', 'hourly', 'daily']).default('none'),
  webhook: z.boolean().default(false),
});

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day (HH:MM)');
const quietHoursSchema = z
  .strictObject({ from: clockSchema, to: clockSchema, zone: zoneSchema })
  .refine(({ from, to }) => from !== to, 'quiet hours have to end');

/**
 * Kind null is every kind, campaign null every campaign; the most specific holds: kind and campaign, then kind, then
 * campaign, then neither. Without any: in the list (`inApp`), in no digest, to no webhook. `webhook` sends it to the endpoints
 * that the user made, as `notification:created`: at once, and while it grows once a minute. Within quiet hours (on the clock
 * of the zone; 22:00 to 07:00 goes over midnight) no digest is made. PUT replaces all of it.
 */
export const notificationPreferences = z.strictObject({
  items: z
    .array(preferenceSchema)
    .max(200)
    .refine((items) => new Set(items.map(({ kind, campaignId }) => `${kind} ${campaignId}`)).size === items.length, {
      error: 'the same kind and campaign stands there twice',
    })
    .default([]),
  quietHours: quietHoursSchema.nullable().default(null),
});
export type NotificationPreferences = z.infer<typeof notificationPreferences>;
