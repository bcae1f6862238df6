import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { z } from 'zod';
import { type ProblemCode, problems } from '../contract/errors.ts';
import {
  authRefreshRequest,
  type ClientToServer,
  type Refusal as RefusalAnswer,
  subscribeRequest,
  typingRequest,
  unsubscribeRequest,
} from '../contract/live.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Tokens } from '../platform/auth/tokens.ts';
import type { Pool } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Admission } from './admission.ts';
import type { HeldStreams } from './held-streams.ts';
import { inTurn, type LiveServer, type LiveSocket } from './live-socket.ts';
import type { Outflows } from './outflows.ts';
import { takeOwnAnswers } from './own-answer.ts';
import type { Presence } from './presence.ts';
import type { Rooms } from './rooms.ts';
import type { Sessions } from './sessions.ts';
import type { StreamKind } from './stream-kind.ts';
import { subscribe } from './subscribe.ts';

export interface GatewayOptions {
  tokens: Tokens;
  pool: Pool;
  rooms: Rooms;
  outflows: Outflows;
  presence: Presence;
  kinds: StreamKind[];
  held: HeldStreams;
  sessions: Sessions;
  admission: Admission;
  log: Log;
  metrics: Metrics;
}

interface LiveServerOptions {
  corsOrigins: string[];
  handshakeTimeoutMs: number;
  /** Long polling needs every request at one process; where that can't be, Engine.IO refuses it: 400, code 0. */
  polling: boolean;
}

/** A message beyond this closes its socket with the WebSocket's own code for that, 1009. */
const maxMessageBytes = 64 * 1024;

export function createLiveServer(
  http: HttpServer,
  { corsOrigins, handshakeTimeoutMs, polling }: LiveServerOptions,
): LiveServer {
  return new Server(http, {
    transports: polling ? ['websocket', 'polling'] : ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: maxMessageBytes,
    connectTimeout: handshakeTimeoutMs,
    pingInterval: 20_000,
    pingTimeout: 10_000,
    cleanupEmptyChildNamespaces: true,
    cors: corsOrigins.length > 0 ? { origin: corsOrigins } : undefined,
  });
}

/** The Socket.IO side of the contract: who may come in, and the four messages a client can send. */
export function serveSockets(io: LiveServer, options: GatewayOptions): void {
  const { held, sessions, admission, presence, log, metrics } = options;
  takeOwnAnswers(io);

  io.use(async (socket, next) => {
    try {
      await admitSocket(socket, options);
      next();
    } catch (error) {
      const code = codeOf(error, 'connect', log);
      admission.refused('connect', code);
      next(Object.assign(new Error(problems[code].title), { data: { code, ...comeBack(code) } }));
    }
  });

  io.on('connection', (socket) => {
    metrics.sockets.inc();
    // Nothing needs the upgrade request any more, and keeping it costs several kilobytes a socket.
    (socket.conn as { request?: unknown }).request = null;
    admission.enter(socket);
    listen(socket, options);
    socket.on('disconnect', (_reason, description) => {
      metrics.sockets.dec();
      if (/max payload/i.test(String(description))) admission.refused('message', 'body_too_large');
      admission.leave(socket);
      sessions.end(socket);
      held.leaveAll(socket);
      presence.gone(socket.id);
    });
    sessions.begin(socket);
  });
  io.engine.on('connection_error', (error: { code: number; message: string }) =>
    log.debug({ code: error.code, cause: error.message }, 'a connection was refused'),
  );
}

async function admitSocket(socket: LiveSocket, { tokens, sessions, admission }: GatewayOptions): Promise<void> {
  const { data } = socket;
  data.address = admission.addressOf(socket);
  if (!admission.hasRoomFor(data.address)) throw new Refusal('too_many_sockets');
  data.who = await principalOf(tokens, socket.handshake.auth);
  if (!sessions.hasRoomFor(data.who)) throw new Refusal('too_many_sockets');
  data.streams = new Map();
  data.turn = Promise.resolve();
}

/** Where another try makes sense, each client gets a time of its own for it. */
function comeBack(code: ProblemCode): { reconnectInMs?: number } {
  if (problems[code].status === 401) return {};
  const atLeastMs = code === 'unavailable' ? 1_000 : 5_000;
  return { reconnectInMs: Math.round(atLeastMs * (1 + 2 * Math.random())) };
}

function listen(socket: LiveSocket, options: GatewayOptions): void {
  const { tokens, presence, held, sessions } = options;
  const mine = socket.data.streams;
  const on = handlerFor(socket, options);

  on('subscribe', subscribeRequest, (request, reply) =>
    inTurn(socket, () => subscribe({ ...options, socket, who: held.reader(socket), mine }, request, reply)),
  );
  on('unsubscribe', unsubscribeRequest, ({ stream }, reply) =>
    inTurn(socket, async () => {
      held.leave(socket, stream);
      reply({ ok: true });
    }),
  );
  on('typing', typingRequest, async ({ campaignId }, reply) => {
    if (!socket.data.who) throw new Refusal('unauthenticated');
    if (!held.reader(socket)) throw new Refusal('forbidden');
    if (!mine.has(`campaign:${campaignId}`)) throw new Refusal('not_found');
    presence.typing(socket.id, campaignId);
    reply({ ok: true });
  });
  on('auth:refresh', authRefreshRequest, async ({ token }, reply) => {
    await sessions.renew(socket, await tokens.verify(token));
    reply({ ok: true });
  });
}

/** Registers a message: parsed by its schema, answered exactly once, a Refusal as `{ok: false}`, never an exception. */
function handlerFor(socket: LiveSocket, { admission, log }: GatewayOptions) {
  return <S extends z.ZodType, A extends { ok: true }>(
    name: keyof ClientToServer,
    schema: S,
    handle: (request: z.infer<S>, reply: (answer: A) => void) => Promise<void>,
  ) => {
    const listener = async (payload: unknown, ack: unknown) => {
      const reply = (answer: A | RefusalAnswer) => {
        if (typeof ack === 'function') ack(answer);
      };
      try {
        const parsed = schema.safeParse(payload);
        if (!parsed.success) throw new Refusal(name === 'subscribe' ? 'invalid_stream' : 'invalid_payload');
        await handle(parsed.data, reply);
      } catch (error) {
        const code = codeOf(error, name, log);
        admission.refused(name, code);
        reply({ ok: false, error: { code, message: problems[code].title } });
      }
    };
    // The event map types each listener apart; here they are all `(payload, ack)` and parsed above.
    socket.on(name, listener as never);
  };
}

function codeOf(error: unknown, message: string, log: Log): ProblemCode {
  if (error instanceof Refusal) return error.code;
  log.error({ message, cause: String(error) }, 'a message failed');
  return 'unavailable';
}

async function principalOf(tokens: Tokens, auth: Record<string, unknown>): Promise<Principal | null> {
  const { token } = auth;
  if (token === undefined || token === null || token === '') return null;
  if (typeof token !== 'string') throw new Refusal('invalid_token');
  return tokens.verify(token);
}
