/** How much one socket, and one address, may ask of this node. Every refusal is typed and counted. */
import { type ProblemCode, problems } from '../contract/errors.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Policy } from '../platform/rate-limit/policy.ts';
import { Allowance } from './allowance.ts';
import { clientAddress, isLoopback, type TrustsProxy } from './client-address.ts';
import type { LiveSocket } from './live-socket.ts';

/** Refused messages in a second from which on a socket is closed: being answered is what it costs us. */
const flood = 1_000;

export interface LiveLimits {
  socketsPerAddress: number;
  socketsPerUser: number;
  messages: Policy;
  subscribes: Policy;
}

export interface Admission {
  addressOf(socket: LiveSocket): string;
  hasRoomFor(address: string): boolean;
  enter(socket: LiveSocket): void;
  leave(socket: LiveSocket): void;
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
  const sockets = new Map<string, number>();
  const refused = (of: string, code: ProblemCode) => metrics.liveRefusals.inc({ of, code });

  return {
    addressOf: ({ handshake: { address, headers } }) => clientAddress(address, headers, trusts),
    hasRoomFor: (address) =>
      limits === null || isLoopback(address) || (sockets.get(address) ?? 0) < limits.socketsPerAddress,
    enter(socket) {
      const { address } = socket.data;
      sockets.set(address, (sockets.get(address) ?? 0) + 1);
      if (limits) limitMessages(socket, limits, (of) => refused(of, 'rate_limited'));
    },
    leave({ data: { address } }) {
      const left = (sockets.get(address) ?? 1) - 1;
      if (left > 0) sockets.set(address, left);
      else sockets.delete(address);
    },
    refused,
  };
}

/** Before a message is looked at, whatever it is called. */
function limitMessages(socket: LiveSocket, limits: LiveLimits, onRefused: (of: string) => void): void {
  const messages = new Allowance(limits.messages);
  const subscribes = new Allowance(limits.subscribes);
  let second = 0;
  let refusals = 0;
  socket.use((event: unknown[], next) => {
    const now = performance.now();
    const subscribing = event[0] === 'subscribe';
    if (messages.take(now) && (!subscribing || subscribes.take(now))) return next();
    onRefused(subscribing ? 'subscribe' : 'message');
    if (now - second > 1_000) {
      second = now;
      refusals = 0;
    }
    refusals++;
    if (refusals >= flood) return void socket.conn.close();
    const ack = event.at(-1);
    const error = { code: 'rate_limited', message: problems.rate_limited.title };
    if (typeof ack === 'function') ack({ ok: false, error });
  });
}
