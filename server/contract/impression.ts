import { z } from 'zod';
import { audienceSchema } from './campaign.ts';
import { idSchema, placementSchema, textSchema, timeSchema } from './primitives.ts';

export const MAX_EVENTS = 500;

const deviceTypeSchema = z.enum(['mobile', 'tablet', 'desktop', 'other']);
const short = (max: number) => textSchema.pipe(z.string().max(max));

/** As PostgreSQL takes it: any version, or none, since the ids of other programs were not all made by RFC 9562. */
const eventIdSchema = z.guid();

/** What may be left out may also be null. */
const impressionFields = {
  eventId: eventIdSchema,
  placement: placementSchema,
  audience: audienceSchema.nullish(),
  region: short(200).nullish(),
  deviceType: deviceTypeSchema.nullish(),
  location: short(200).nullish(),
  sessionId: short(64).pipe(z.string().min(1)),
  occurredAt: timeSchema.nullish(),
};

/** The later events name the impression they belong to by its `eventId`; order does not matter. */
const laterFields = { eventId: eventIdSchema, impressionEventId: eventIdSchema, occurredAt: timeSchema.nullish() };

export const impressionEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('impression'), campaignId: idSchema, ...impressionFields }),
  z.object({ type: z.literal('viewable'), ...laterFields, durationMs: z.int().min(1_000).max(86_400_000) }),
  z.object({ type: z.literal('click'), ...laterFields }),
  z.object({ type: z.literal('conversion'), ...laterFields }),
]);
export type ImpressionEvent = z.infer<typeof impressionEventSchema>;

export const impressionBody = z.object({ type: z.literal('impression').default('impression'), ...impressionFields });
export const impressionAnswer = z.object({ impressionId: idSchema, unique: z.boolean() });
export type ImpressionAnswer = z.infer<typeof impressionAnswer>;

/** Each event is parsed alone, so that a bad one never rejects its neighbours. */
export const impressionBatchBody = z.object({ events: z.array(z.unknown()) });
export const impressionBatchAnswer = z.object({
  accepted: z.int().min(0),
  duplicates: z.int().min(0),
  rejected: z.array(z.object({ index: z.int().min(0), code: z.string() })),
});
export type ImpressionBatchAnswer = z.infer<typeof impressionBatchAnswer>;
