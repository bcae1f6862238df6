import { z } from 'zod';
import { idSchema, pageQuery, textSchema, timeSchema } from './primitives.ts';

/** What an endpoint can be told of. The data of an event is that of the live event of its name, with its `campaignId`. */
export const webhookEvents = [
  ...(['comment:created', 'comment:edited', 'comment:removed', 'comment:restored'] as const),
  ...(['campaign:updated', 'engagement:created', 'milestone:reached', 'alert:fired', 'invoice:updated'] as const),
  ...(['endpoint:disabled', 'notification:created'] as const),
] as const;
export const webhookEventSchema = z.enum(webhookEvents);

export const MAX_ENDPOINTS = 20;

/**
 * `events` empty or left out: all. `ordered`: the messages of a campaign come one after the other, in the order of its
 * commits. `advertiserId` is an admin's to give; without it an admin's endpoint is told of every campaign.
 */
export const createEndpointBody = z.strictObject({
  url: textSchema.pipe(z.string().min(1).max(2_048)),
  events: z
    .array(webhookEventSchema)
    .max(100)
    .transform((events) => [...new Set(events)])
    .default([]),
  ordered: z.boolean().default(false),
  advertiserId: idSchema.optional(),
});
export type CreateEndpoint = z.infer<typeof createEndpointBody>;

/** `failingSince`: no attempt has succeeded since then. After five days, or at a 410, an endpoint is disabled. */
export const endpointSchema = z.object({
  id: idSchema,
  url: z.string(),
  events: z.array(z.string()),
  ordered: z.boolean(),
  advertiserId: idSchema.nullable(),
  createdAt: timeSchema,
  failingSince: timeSchema.nullable(),
  disabledAt: timeSchema.nullable(),
  disabledReason: z.enum(['gone', 'failing', 'backlog']).nullable(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

/** The one answer that shows the secret: `whsec_` and 32 random bytes in base64. */
export const createdEndpointSchema = endpointSchema.extend({ secret: z.string() });

/** From now on the new secret signs first, until `previousValidUntil` the one before it beside it. */
export const rotatedSecretSchema = z.object({ id: idSchema, secret: z.string(), previousValidUntil: timeSchema });

/** `status` and `response` are what was answered, the response cut to its beginning; `error` is why there was no answer. */
export const attemptSchema = z.object({
  at: timeSchema,
  status: z.int().nullable(),
  error: z.string().nullable(),
  durationMs: z.int(),
  response: z.string().nullable(),
});

/** `messageId` is the `webhook-id`, `body` what was sent byte for byte, `status` the last answer's; 50 attempts at most. */
export const deliverySchema = z.object({
  id: idSchema,
  messageId: z.string(),
  type: z.string(),
  campaignId: idSchema.nullable(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  status: z.int().nullable(),
  body: z.string(),
  createdAt: timeSchema,
  deliveredAt: timeSchema.nullable(),
  nextAttemptAt: timeSchema.nullable(),
  attempts: z.array(attemptSchema),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const listEndpointsQuery = z.object(pageQuery);
export const listDeliveriesQuery = z.object({ ...pageQuery, state: deliverySchema.shape.state.optional() });
