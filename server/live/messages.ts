/** The five messages a client can send. */
import type { z } from 'zod';
import { type ProblemCode, problems } from '../contract/errors.ts';
import {
  authRefreshRequest,
  type ClientToServer,
  type Refusal as RefusalAnswer,
  renderedRequest,
  subscribeRequest,
  typingRequest,
  unsubscribeRequest,
} from '../contract/live.ts';
import type { Tokens } from '../platform/auth/tokens.ts';
import type { Log } from '../platform/log.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Admission } from './admission.ts';
import { inTurn, type LiveSocket } from './live-socket.ts';
import type { Presence } from './presence.ts';
import type { Screens } from './screens.ts';
import type { Sessions } from './sessions.ts';
import { type SubscribeParts, subscribe } from './subscribe.ts';

export interface MessagesOptions extends SubscribeParts {
  tokens: Tokens;
  presence: Presence;
  screens: Screens;
  sessions: Sessions;
  admission: Admission;
  /** Throws a Refusal where the user may write no comment in the campaign. */
  mayType: (userId: number, campaignId: number) => Promise<void>;
  log: Log;
}

type Reply = (answer: { ok: true } | RefusalAnswer) => void;
type Handle = (socket: LiveSocket, payload: unknown, reply: Reply) => Promise<void>;

/** Hears every message of the socket it is called on. */
export type OnMessage = (this: LiveSocket, name: string, payload: unknown, ack: unknown) => void;

/**
 * One listener for all messages of all sockets: a closure a message and socket would cost more than the rest of what we
 * keep of an idle one. Each message is answered exactly once, a Refusal as `{ok: false}`, never an exception.
 */
export function createOnMessage(options: MessagesOptions): OnMessage {
  const { admission, log } = options;
  const handlers = new Map(Object.entries(messagesOf(options)));
  const answer = async (socket: LiveSocket, name: string, payload: unknown, ack: unknown) => {
    const reply: Reply = (answered) => {
      if (typeof ack === 'function') ack(answered);
    };
    try {
      await handlers.get(name)?.(socket, payload, reply);
    } catch (error) {
      const code = codeOf(error, name, log);
      admission.refused(name, code);
      reply({ ok: false, error: { code, message: problems[code].title } });
    }
  };
  return function (name, payload, ack) {
    // One that was closed since the message came is not spoken to, as Socket.IO has it for its own listeners.
    if (!this.connected || !admission.allows(this, name, ack)) return;
    if (handlers.has(name)) void answer(this, name, payload, ack);
  };
}

function messagesOf(options: MessagesOptions): Record<keyof ClientToServer, Handle> {
  const { tokens, presence, screens, held, sessions, mayType } = options;
  return {
    subscribe: parsed(subscribeRequest, 'invalid_stream', (socket, request, reply) =>
      inTurn(socket, () => subscribe({ ...options, socket }, request, reply)),
    ),
    unsubscribe: parsed(unsubscribeRequest, 'invalid_payload', (socket, { stream }, reply) =>
      inTurn(socket, async () => {
        held.leave(socket, stream);
        reply({ ok: true });
      }),
    ),
    typing: parsed(typingRequest, 'invalid_payload', async (socket, { campaignId }, reply) => {
      if (!socket.data.who) throw new Refusal('unauthenticated');
      if (!held.reader(socket)) throw new Refusal('forbidden');
      if (!socket.data.streams.has(`campaign:${campaignId}`)) throw new Refusal('not_found');
      await mayType(socket.data.who.userId, campaignId);
      if (socket.connected) presence.typing(socket.id, campaignId);
      reply({ ok: true });
    }),
    rendered: parsed(renderedRequest, 'invalid_payload', async (socket, { campaignId, ...rendered }, reply) => {
      const stream = `campaign:${campaignId}`;
      if (!socket.data.streams.has(stream)) throw new Refusal('not_found');
      screens.rendered(socket.id, stream, rendered);
      reply({ ok: true });
    }),
    'auth:refresh': parsed(authRefreshRequest, 'invalid_payload', async (socket, { token }, reply) => {
      await sessions.renew(socket, await tokens.verify(token));
      reply({ ok: true });
    }),
  };
}

function parsed<S extends z.ZodType>(
  schema: S,
  otherwise: ProblemCode,
  handle: (socket: LiveSocket, request: z.infer<S>, reply: Reply) => Promise<void>,
): Handle {
  return async (socket, payload, reply) => {
    const { success, data } = schema.safeParse(payload);
    if (!success) throw new Refusal(otherwise);
    await handle(socket, data, reply);
  };
}

export function codeOf(error: unknown, message: string, log: Log): ProblemCode {
  if (error instanceof Refusal) return error.code;
  log.error({ message, cause: String(error) }, 'a message failed');
  return 'unavailable';
}
