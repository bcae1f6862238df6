/**
 * The wire between server and browser, Socket.IO 4 on the default path and namespace.
 *
 * Two classes of live data. Log events are ordered, complete and replayable: each stream has an epoch and each event the
 * next seq, without a gap. State frames are absolute values with a version: the newest wins and older ones may be
 * skipped; their seq is the head of the stream when they were sent, so that a client which missed an event knows.
 */
import { z } from 'zod';
import { campaignSchema } from './campaign.ts';
import { commentCountersDataSchema, commentSchema } from './comment.ts';
import { countersDataSchema } from './engagement.ts';
import { socketErrorSchema } from './errors.ts';
import { idSchema, timeSchema } from './primitives.ts';

export const presenceDataSchema = z.object({
  campaignId: idSchema,
  viewers: z.int().min(0),
  typing: z.int().min(0),
});
export type PresenceData = z.infer<typeof presenceDataSchema>;

/**
 * How far a comment got, for its author alone: to how many sockets, and in how many ms from its writing nine tenths of
 * them had it (at most a tenth too much). A socket has it when the kernel of its node took the bytes, at the latest a
 * second after the node had the event; the author's own are not counted. Sent some quarter of a second after the comment,
 * once more when slower sockets made it more, and never when nobody else had it. `version` is `sockets`: it only grows.
 */
export const commentReachedDataSchema = z.object({
  campaignId: idSchema,
  commentId: idSchema,
  sockets: z.int().min(1),
  p90Ms: z.int().min(0),
});
export type CommentReachedData = z.infer<typeof commentReachedDataSchema>;

/** Each log event of a stream by its name, with the shape of its data. */
export const logEvents = {
  'comment:created': commentSchema,
  'comment:edited': commentSchema,
  'comment:removed': commentSchema,
  'comment:restored': commentSchema,
  'campaign:updated': campaignSchema,
} as const;
export type LogEventName = keyof typeof logEvents;

/** Each state frame by its name, with the shape of its data. */
export const stateEvents = {
  'campaign:counters': countersDataSchema,
  'comment:counters': commentCountersDataSchema,
  'campaign:presence': presenceDataSchema,
  'comment:reached': commentReachedDataSchema,
} as const;
export type StateEventName = keyof typeof stateEvents;

const logFields = { stream: z.string(), epoch: z.string(), seq: z.int().min(1), at: timeSchema };
const stateFields = { stream: z.string(), version: z.number(), seq: z.int().min(0), at: timeSchema };

export type LogFrame<N extends LogEventName = LogEventName> = {
  [K in N]: { name: K; stream: string; epoch: string; seq: number; at: string; data: z.infer<(typeof logEvents)[K]> };
}[N];
export type StateFrame<N extends StateEventName = StateEventName> = {
  [K in N]: {
    name: K;
    stream: string;
    version: number;
    seq: number;
    at: string;
    data: z.infer<(typeof stateEvents)[K]>;
  };
}[N];

export const logFrameSchema = z.object({ name: z.string(), ...logFields, data: z.unknown() });
export const stateFrameSchema = z.object({ name: z.string(), ...stateFields, data: z.unknown() });

/** Without a position the answer is `live` at the head; `seq: 0` is the start of the stream. */
export const subscribeRequest = z.object({
  stream: z.string().max(100),
  epoch: z.string().max(100).optional(),
  seq: z.int().min(0).optional(),
});
export type SubscribeRequest = z.infer<typeof subscribeRequest>;

export const subscribeAnswer = z.object({
  ok: z.literal(true),
  stream: z.string(),
  epoch: z.string(),
  seq: z.int().min(0),
  mode: z.enum(['live', 'replayed', 'reset']),
  events: z.array(logFrameSchema),
  state: z.array(stateFrameSchema),
});
export type SubscribeAnswer = Omit<z.infer<typeof subscribeAnswer>, 'events' | 'state'> & {
  events: LogFrame[];
  state: StateFrame[];
};

export const unsubscribeRequest = z.object({ stream: z.string().max(100) });
export const typingRequest = z.object({ campaignId: idSchema, parentId: idSchema.nullish() });
export const authRefreshRequest = z.object({ token: z.string().max(10_000) });

export const refusal = z.object({ ok: z.literal(false), error: socketErrorSchema });
export type Refusal = z.infer<typeof refusal>;

type Ack<T> = (answer: T | Refusal) => void;

export interface ClientToServer {
  subscribe: (request: SubscribeRequest, ack: Ack<SubscribeAnswer>) => void;
  unsubscribe: (request: { stream: string }, ack: Ack<{ ok: true }>) => void;
  typing: (request: z.infer<typeof typingRequest>, ack: Ack<{ ok: true }>) => void;
  'auth:refresh': (request: { token: string }, ack: Ack<{ ok: true }>) => void;
}

type LogListeners = { [K in LogEventName]: (frame: Omit<LogFrame<K>, 'name'>) => void };
type StateListeners = { [K in StateEventName]: (frame: Omit<StateFrame<K>, 'name'>) => void };
export type ServerToClient = LogListeners &
  StateListeners & {
    'auth:expiring': (notice: { expiresAt: string }) => void;
    'server:draining': (notice: { reconnectInMs: number }) => void;
  };

export const campaignStream = (campaignId: number) => `campaign:${campaignId}`;
