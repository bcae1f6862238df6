/** How much one socket, and one address, may ask of this node. Every refusal is typed and counted. */
import { type ProblemCode, problems } from '../contract/errors.ts';
import { closeCodes } from '../contract/live.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Policy } from '../platform/rate-limit/policy.ts';
import { Refusal } from '../platform/refusal.ts';
import { clientAddress, isLoopback, type TrustsProxy } from './client-address.ts';
import { closeWithCode } from './engine.ts';
import type { LiveSocket } from './live-socket.ts';
import { MessageBudget } from './message-budget.ts';
import type { EngineSocket } from './packet.ts';

/** Each costs a look at a token. */
const mostTries = 5;
/** Refused messages in a second from which on a socket is closed: being answered is what it costs us. */
const flood = 1_000;

export interface LiveLimits {
  socketsPerAddress: number;
  socketsPerUser: number;
  messages: Policy;
  subscribes: Policy;
}

export interface Admission {
  /** A connection, whatever comes of it: it counts until it is closed. */
  connected(conn: EngineSocket): void;
  /** Throws the Refusal of a socket on it, which may be the first of its connection or another try. */
  admit(socket: LiveSocket): void;
  /** False for a message that is too many: it was refused here, before anybody looked at it. */
  allows(socket: LiveSocket, name: string, ack: unknown): boolean;
  /** Counts a refusal; `of` is a message or `connect`. */
  refused(of: string, code: ProblemCode): void;
}

interface AdmissionOptions {
  /** Null: none. */
  limits: LiveLimits | null;
  trusts: TrustsProxy;
  metrics: Metrics;
}

export function createAdmission({ limits, trusts, metrics }: AdmissionOptions): Admission {
  const byAddress = new Map<string, number>();
  const connections = new WeakMap<object, { address: string; tries: number }>();
  const refused = (of: string, code: ProblemCode) => metrics.liveRefusals.inc({ of, code });
  const count = (address: string, change: number) => {
    const now = (byAddress.get(address) ?? 0) + change;
    if (now > 0) byAddress.set(address, now);
    else byAddress.delete(address);
  };
  // One for all connections: a closure each would be a quarter of a kilobyte.
  const onClose = function (this: EngineSocket) {
    const connection = connections.get(this);
    if (connection) count(connection.address, -1);
  };
  const hasRoomFor = (address: string) =>
    limits === null || isLoopback(address) || (byAddress.get(address) ?? 0) <= limits.socketsPerAddress;

  return {
    connected(conn) {
      const address = clientAddress(conn.remoteAddress, conn.request.headers, trusts);
      connections.set(conn, { address, tries: 0 });
      count(address, 1);
      conn.on('close', onClose);
    },
    admit({ conn }) {
      const connection = connections.get(conn);
      if (!connection || ++connection.tries > mostTries) {
        conn.close();
        throw new Refusal('rate_limited');
      }
      if (!hasRoomFor(connection.address)) throw new Refusal('too_many_sockets');
    },
    allows(socket, name, ack) {
      if (limits === null) return true;
      const now = performance.now();
      const subscribing = name === 'subscribe';
      socket.data.budget ??= new MessageBudget(limits);
      if (socket.data.budget.take(subscribing, now)) return true;
      refused(subscribing ? 'subscribe' : 'message', 'rate_limited');
      if (socket.data.budget.refused(now) >= flood)
        closeWithCode(socket.conn, closeCodes.flood, 'rate_limited', lingerMs);
      else if (typeof ack === 'function') ack({ ok: false, error: tooMany });
      return false;
    },
    refused,
  };
}

const lingerMs = 2_000;
const tooMany = { code: 'rate_limited', message: problems.rate_limited.title };
