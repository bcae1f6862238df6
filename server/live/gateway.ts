import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { z } from 'zod';
import { problems } from '../contract/errors.ts';
import {
  authRefreshRequest,
  type ClientToServer,
  type Refusal as RefusalAnswer,
  type ServerToClient,
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
import type { Presence } from './presence.ts';
import type { Subscription } from './room.ts';
import type { Rooms } from './rooms.ts';
import type { StreamKind } from './stream-kind.ts';
import { subscribe } from './subscribe.ts';

export interface SocketData {
  who: Principal | null;
  streams: Map<string, Subscription>;
  /** The subscribe or unsubscribe under way: a socket's run one after the other, so none undoes another's half. */
  turn: Promise<unknown>;
}
export type LiveServer = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

interface GatewayOptions {
  http: HttpServer;
  tokens: Tokens;
  pool: Pool;
  rooms: Rooms;
  presence: Presence;
  kinds: StreamKind[];
  corsOrigins: string[];
  log: Log;
  metrics: Metrics;
}

/** The Socket.IO side of the contract: who may come in, and the four messages a client can send. */
export function createGateway(options: GatewayOptions): LiveServer {
  const { http, tokens, corsOrigins, log, metrics } = options;
  const io: LiveServer = new Server(http, {
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 64 * 1024,
    connectTimeout: 10_000,
    pingInterval: 20_000,
    pingTimeout: 10_000,
    cleanupEmptyChildNamespaces: true,
    cors: corsOrigins.length > 0 ? { origin: corsOrigins } : undefined,
  });

  io.use(async (socket, next) => {
    try {
      socket.data.who = await principalOf(tokens, socket.handshake.auth);
      socket.data.streams = new Map();
      socket.data.turn = Promise.resolve();
      next();
    } catch (error) {
      const { code } = error instanceof Refusal ? error : new Refusal('unavailable');
      next(Object.assign(new Error(problems[code].title), { data: { code } }));
    }
  });

  io.on('connection', (socket) => {
    metrics.sockets.inc();
    // Nothing needs the upgrade request any more, and keeping it costs several kilobytes a socket.
    (socket.conn as { request?: unknown }).request = null;
    listen(socket, options);
    socket.on('disconnect', () => {
      metrics.sockets.dec();
      for (const [stream, subscription] of socket.data.streams) options.rooms.leave(stream, subscription);
      socket.data.streams.clear();
      options.presence.gone(socket.id);
    });
  });
  io.engine.on('connection_error', (error: { code: number; message: string }) =>
    log.debug({ code: error.code, cause: error.message }, 'a connection was refused'),
  );
  return io;
}

function listen(socket: LiveSocket, { tokens, pool, rooms, presence, kinds, log, metrics }: GatewayOptions): void {
  const mine = socket.data.streams;
  const userId = () => socket.data.who?.userId ?? null;
  const on = handlerFor(socket, log);

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = socket.data.turn.then(work);
    socket.data.turn = done.catch(() => {});
    return done;
  };

  on('subscribe', subscribeRequest, (request, reply) =>
    inTurn(async () => {
      const context = { socket, who: socket.data.who, userId, mine, rooms, pool, kinds };
      const mode = await subscribe(context, request, reply);
      metrics.subscribes.inc({ mode });
    }),
  );
  on('unsubscribe', unsubscribeRequest, ({ stream }, reply) =>
    inTurn(async () => {
      const subscription = mine.get(stream);
      mine.delete(stream);
      if (subscription) rooms.leave(stream, subscription);
      reply({ ok: true });
    }),
  );
  on('typing', typingRequest, async ({ campaignId }, reply) => {
    if (!socket.data.who) throw new Refusal('unauthenticated');
    if (!mine.has(`campaign:${campaignId}`)) throw new Refusal('not_found');
    presence.typing(socket.id, campaignId);
    reply({ ok: true });
  });
  on('auth:refresh', authRefreshRequest, async ({ token }, reply) => {
    const who = await tokens.verify(token);
    if (socket.data.who && who.userId !== socket.data.who.userId) throw new Refusal('forbidden');
    socket.data.who = who;
    reply({ ok: true });
  });
}

/** Registers a message: parsed by its schema, answered exactly once, a Refusal as `{ok: false}`, never an exception. */
function handlerFor(socket: LiveSocket, log: Log) {
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
        if (!(error instanceof Refusal)) log.error({ message: name, cause: String(error) }, 'a message failed');
        const { code } = error instanceof Refusal ? error : new Refusal('unavailable');
        reply({ ok: false, error: { code, message: problems[code].title } });
      }
    };
    // The event map types each listener apart; here they are all `(payload, ack)` and parsed above.
    socket.on(name, listener as never);
  };
}

async function principalOf(tokens: Tokens, auth: Record<string, unknown>): Promise<Principal | null> {
  const { token } = auth;
  if (token === undefined || token === null || token === '') return null;
  if (typeof token !== 'string') throw new Refusal('invalid_token');
  return tokens.verify(token);
}
