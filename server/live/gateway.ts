import { type ProblemCode, problems } from '../contract/errors.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Tokens } from '../platform/auth/tokens.ts';
import type { Metrics } from '../platform/metrics.ts';
import { Refusal } from '../platform/refusal.ts';
import { forgetHandshake } from './live-server.ts';
import type { LiveServer, LiveSocket } from './live-socket.ts';
import { codeOf, createOnMessage, type MessagesOptions } from './messages.ts';
import { takeOwnAnswers } from './own-answer.ts';

export interface GatewayOptions extends MessagesOptions {
  metrics: Metrics;
}

/** The Socket.IO side of the contract: who may come in, what they say, and that they are gone. */
export function serveSockets(io: LiveServer, options: GatewayOptions): void {
  const { held, outflows, sessions, admission, presence, log, metrics } = options;
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

  const onMessage = createOnMessage(options);
  const onDisconnect = function (this: LiveSocket, _reason: string, description: unknown) {
    metrics.sockets.dec();
    if (/max payload/i.test(String(description))) admission.refused('message', 'body_too_large');
    sessions.end(this);
    held.leaveAll(this);
    outflows.end(this);
    presence.gone(this.id);
    this.conn.close(); // nothing else is to be had on it
  };
  io.on('connection', (socket) => {
    metrics.sockets.inc();
    forgetHandshake(socket);
    socket.onAny(onMessage);
    socket.on('disconnect', onDisconnect);
    sessions.begin(socket);
  });
  io.engine.on('connection', admission.connected);
  io.engine.on('connection_error', (error: { code: number; message: string }) =>
    log.debug({ code: error.code, cause: error.message }, 'a connection was refused'),
  );
}

async function admitSocket(socket: LiveSocket, { tokens, sessions, admission }: GatewayOptions): Promise<void> {
  admission.admit(socket);
  const who = await principalOf(tokens, socket.handshake.auth);
  if (!sessions.hasRoomFor(who)) throw new Refusal('too_many_sockets');
  socket.data = { who, streams: new Map(), turn: null, outflow: null, budget: null };
}

/** Where another try makes sense, each client gets a time of its own for it. */
function comeBack(code: ProblemCode): { reconnectInMs?: number } {
  if (problems[code].status === 401) return {};
  const atLeastMs = code === 'unavailable' ? 1_000 : 5_000;
  return { reconnectInMs: Math.round(atLeastMs * (1 + 2 * Math.random())) };
}

async function principalOf(tokens: Tokens, auth: Record<string, unknown>): Promise<Principal | null> {
  const { token } = auth;
  if (token === undefined || token === null || token === '') return null;
  if (typeof token !== 'string') throw new Refusal('invalid_token');
  return tokens.verify(token);
}
