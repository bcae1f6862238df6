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
import { claimSchema, decisionSchema, enteredItemSchema, leftItemSchema, queuesSchema } from './desk.ts';
import { countersDataSchema } from './engagement.ts';
import { socketErrorSchema } from './errors.ts';
import { invoiceSchema } from './invoice.ts';
import { alertDataSchema, engagementDataSchema, metricsDataSchema, milestoneDataSchema } from './metrics.ts';
import { notificationSchema, unreadDataSchema } from './notification.ts';
import { idSchema, timeSchema } from './primitives.ts';
import { sanctionSchema } from './sanction.ts';

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

/**
 * A removed comment on its way off the screens, for the desk: on how many it was drawn when the removal came, how many have
 * taken it off, left or gone since, and in how many ms from the commit it was gone from 99.9 % of them (at most a tenth too
 * much); null while it is not. Sent as these change, and never when no screen had drawn it.
 */
export const removalDataSchema = z.object({
  campaignId: idSchema,
  commentId: idSchema,
  screens: z.int().min(1),
  gone: z.int().min(0),
  ms: z.int().min(0).nullable(),
});
export type RemovalData = z.infer<typeof removalDataSchema>;

/** Of the comments that wait at the desk, those that screens show now, with how many do; the 200 with the most. */
export const moderationScreensDataSchema = z.object({
  items: z.array(z.object({ commentId: idSchema, screens: z.int().min(1) })),
});
export type ModerationScreensData = z.infer<typeof moderationScreensDataSchema>;

/**
 * Nothing but the head of its stream, which every state frame carries: sent when no other frame has told it for a second
 * and a half, so that whoever missed the last event knows soon, on streams of any kind.
 */
export const streamHeadDataSchema = z.object({});

/**
 * The close codes of the WebSocket that are ours (RFC 6455, 7.4.2), for a client that reads them.
 * `tooSlow`: more waited for the client than the server keeps for one. It comes back by position as after any break.
 */
export const closeCodes = { tooSlow: 4008, flood: 4029 } as const;

/** Each log event of a stream by its name, with the shape of its data. */
export const logEvents = {
  'comment:created': commentSchema,
  'comment:edited': commentSchema,
  'comment:removed': commentSchema,
  'comment:restored': commentSchema,
  'campaign:updated': campaignSchema,
  'engagement:created': engagementDataSchema,
  'milestone:reached': milestoneDataSchema,
  'alert:fired': alertDataSchema,
  'invoice:updated': invoiceSchema,
  'sanction:changed': sanctionSchema,
  'moderation:item-entered': enteredItemSchema,
  'moderation:item-left': leftItemSchema,
  'moderation:claimed': claimSchema,
  'moderation:released': claimSchema,
  'moderation:decided': decisionSchema,
  'notification:created': notificationSchema,
} as const;
export type LogEventName = keyof typeof logEvents;

/** Each state frame by its name, with the shape of its data. */
export const stateEvents = {
  'campaign:counters': countersDataSchema,
  'campaign:metrics': metricsDataSchema,
  'comment:counters': commentCountersDataSchema,
  'campaign:presence': presenceDataSchema,
  'comment:reached': commentReachedDataSchema,
  'moderation:removal': removalDataSchema,
  'moderation:screens': moderationScreensDataSchema,
  'moderation:queues': queuesSchema,
  'notification:unread': unreadDataSchema,
  'stream:head': streamHeadDataSchema,
} as const;
export type StateEventName = keyof typeof stateEvents;

/** Which events come on which stream. */
export const streams: Record<string, { who: string; log: LogEventName[]; state: StateEventName[] }> = {
  'campaign:{id}': {
    who: 'anyone, while the campaign is public; its owner, moderators and admins always',
    log: ['comment:created', 'comment:edited', 'comment:removed', 'comment:restored', 'campaign:updated'],
    state: ['campaign:counters', 'comment:counters', 'campaign:presence', 'comment:reached', 'stream:head'],
  },
  'advertiser:{id}': {
    who: 'the owner of the campaign, and admins',
    log: ['engagement:created', 'milestone:reached', 'alert:fired', 'invoice:updated'],
    state: ['campaign:metrics', 'stream:head'],
  },
  moderation: {
    who: 'moderators and admins',
    log: [
      'moderation:item-entered',
      'moderation:item-left',
      'moderation:claimed',
      'moderation:released',
      'moderation:decided',
    ],
    state: ['moderation:queues', 'moderation:removal', 'moderation:screens', 'stream:head'],
  },
  'user:{id}': {
    who: 'that user alone',
    log: ['sanction:changed', 'notification:created'],
    state: ['notification:unread', 'stream:head'],
  },
};

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

/**
 * Without a position the answer is `live` at the head; `seq: 0` is the start of the stream. `because` may say what made a
 * client ask on a connection that has the stream: the seq of a frame was ahead of its own, or nothing came for long. It
 * changes nothing in the answer; the server counts it.
 */
export const subscribeRequest = z.object({
  stream: z.string().max(100),
  epoch: z.string().max(100).optional(),
  seq: z.int().min(0).optional(),
  because: z.enum(['gap', 'silence']).optional().catch(undefined),
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
/**
 * Comments whose text a page has drawn, and drawn ones that it has taken off, since it said so last. For moderators alone
 * to know how many see a comment now and when a removed one is gone. A page of a few hundred comments needs one message.
 */
export const renderedRequest = z.object({
  campaignId: idSchema,
  shown: z.array(idSchema).max(500).default([]),
  gone: z.array(idSchema).max(500).default([]),
});
export type RenderedRequest = z.input<typeof renderedRequest>;
export const authRefreshRequest = z.object({ token: z.string().max(10_000) });

export const refusal = z.object({ ok: z.literal(false), error: socketErrorSchema });
export type Refusal = z.infer<typeof refusal>;

/**
 * The token ends in a minute or less: `auth:refresh` with another of the same user goes on without a new connection.
 * `expiresAt` is a time as everywhere.
 */
export const authExpiringNotice = z.object({ expiresAt: timeSchema });
export type AuthExpiring = z.infer<typeof authExpiringNotice>;

/**
 * The token has ended (`token_expired`) or was revoked (`token_revoked`); the socket is closed at the transport right
 * after. The client comes back by itself, after the delay named, which is each client's own.
 */
export const authExpiredNotice = z.object({
  code: z.enum(['token_expired', 'token_revoked']),
  message: z.string(),
  reconnectInMs: z.int().min(0),
});
export type AuthExpired = z.infer<typeof authExpiredNotice>;

/** The socket no longer gets this stream, and `code` says why as the refusal of a subscribe would. */
export const streamClosedNotice = z.object({ stream: z.string(), ...socketErrorSchema.shape });
export type StreamClosed = z.infer<typeof streamClosedNotice>;

type Ack<T> = (answer: T | Refusal) => void;

export interface ClientToServer {
  subscribe: (request: SubscribeRequest, ack: Ack<SubscribeAnswer>) => void;
  unsubscribe: (request: { stream: string }, ack: Ack<{ ok: true }>) => void;
  typing: (request: z.infer<typeof typingRequest>, ack: Ack<{ ok: true }>) => void;
  rendered: (request: RenderedRequest, ack: Ack<{ ok: true }>) => void;
  'auth:refresh': (request: { token: string }, ack: Ack<{ ok: true }>) => void;
}

type LogListeners = { [K in LogEventName]: (frame: Omit<LogFrame<K>, 'name'>) => void };
type StateListeners = { [K in StateEventName]: (frame: Omit<StateFrame<K>, 'name'>) => void };
export type ServerToClient = LogListeners &
  StateListeners & {
    'auth:expiring': (notice: AuthExpiring) => void;
    'auth:expired': (notice: AuthExpired) => void;
    'stream:closed': (notice: StreamClosed) => void;
    'server:draining': (notice: { reconnectInMs: number }) => void;
  };

export const campaignStream = (campaignId: number) => `campaign:${campaignId}`;
export const userStream = (userId: number) => `user:${userId}`;
export const advertiserStream = (campaignId: number) => `advertiser:${campaignId}`;
