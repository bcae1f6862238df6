/**
 * Whose each socket is, from the handshake to the end of its token:
 *   1. it is announced that the token expires, a minute before, or at once when less is left
 *   2. another token of the same person takes its place; streams that it may not read are left
 *   3. one that expired or was revoked ends the socket: told why and when to come back, out of its streams, and closed at
 *      the transport, where the client comes back by itself and hears at the handshake what is wrong with its token
 * One loop serves all sockets; how many a user may have is counted here too.
 */
import { problems } from '../contract/errors.ts';
import type { AccessList } from '../platform/auth/access-list.ts';
import type { Principal } from '../platform/auth/principal.ts';
import { startLoop } from '../platform/background-loop.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { Refusal } from '../platform/refusal.ts';
import { Deadlines } from './deadlines.ts';
import { type HeldStreams, rightsOf } from './held-streams.ts';
import type { LiveSocket } from './live-socket.ts';

const everyMs = 500;
const announceSeconds = 60;
/** Tokens that were issued together end together. */
const spreadMs = 2_000;

export interface Sessions {
  /** May a socket of this person come in beside those that are here? */
  hasRoomFor(who: Principal | null): boolean;
  begin(socket: LiveSocket): void;
  /** Another token for the same person, or the first one. */
  renew(socket: LiveSocket, who: Principal): Promise<void>;
  end(socket: LiveSocket): void;
  stop(): Promise<void>;
}

interface SessionsOptions {
  held: HeldStreams;
  access: AccessList;
  /** Null: any number. */
  socketsPerUser: number | null;
  /** The last socket of this user on this node is gone; `isBack` says whether they have one again. */
  onUserGone: (who: Principal, isBack: () => boolean) => void;
  log: Log;
  metrics: Metrics;
}

const nowSeconds = () => Date.now() / 1_000;

export function startSessions({ held, access, socketsPerUser, onUserGone, log, metrics }: SessionsOptions): Sessions {
  const byUser = new Map<number, Set<LiveSocket>>();
  const deadlines = new Deadlines<LiveSocket>(nowSeconds());

  const enrol = (socket: LiveSocket) => {
    const { who } = socket.data;
    if (who) byUser.set(who.userId, (byUser.get(who.userId) ?? new Set()).add(socket));
  };
  const sendAway = (socket: LiveSocket, code: 'token_expired' | 'token_revoked') => {
    const reconnectInMs = Math.round(Math.random() * spreadMs);
    socket.emit('auth:expired', { code, message: problems[code].title, reconnectInMs });
    metrics.sessionsEnded.inc({ code });
    held.leaveAll(socket);
    socket.conn.close();
  };
  /** `quietSeconds`: how long nothing is announced, whatever is left. */
  const review = (socket: LiveSocket, quietSeconds = 0) => {
    const expiresAt = socket.data.who?.expiresAt ?? null;
    if (expiresAt === null) return;
    const left = expiresAt - nowSeconds();
    if (left <= 0) return sendAway(socket, 'token_expired');
    const announceIn = Math.max(left - announceSeconds, quietSeconds);
    if (announceIn > 0) return deadlines.set(socket, nowSeconds() + announceIn);
    socket.emit('auth:expiring', { expiresAt: new Date(expiresAt * 1_000).toISOString() });
    deadlines.set(socket, expiresAt);
  };
  const hasRoomFor = (who: Principal | null) =>
    who === null || socketsPerUser === null || (byUser.get(who.userId)?.size ?? 0) < socketsPerUser;

  access.onChange((userIds) => {
    for (const userId of userIds) {
      for (const socket of byUser.get(userId) ?? []) {
        const { who } = socket.data;
        if (who && access.revokes(who)) sendAway(socket, 'token_revoked');
        else void held.recheck(socket);
      }
    }
  });
  const loop = startLoop({
    name: 'sessions',
    everyMs,
    log,
    work: async () => {
      for (const socket of deadlines.sweep(nowSeconds())) review(socket);
      metrics.sessions.set(deadlines.size);
    },
  });

  return {
    hasRoomFor,
    begin(socket) {
      enrol(socket);
      review(socket);
    },
    async renew(socket, who) {
      if (!socket.connected) return;
      const before = socket.data.who;
      if (before && before.userId !== who.userId) throw new Refusal('forbidden');
      if (!before && !hasRoomFor(who)) throw new Refusal('too_many_sockets');
      socket.data.who = who;
      if (!before) enrol(socket);
      deadlines.delete(socket);
      // A client whose tokens never last a minute would otherwise be asked again with each answer.
      review(socket, ((who.expiresAt ?? 0) - nowSeconds()) / 2);
      if (!before || rightsOf(before) !== rightsOf(who)) await held.recheck(socket);
    },
    end(socket) {
      deadlines.delete(socket);
      const { who } = socket.data;
      if (!who) return;
      const { userId } = who;
      const sockets = byUser.get(userId);
      sockets?.delete(socket);
      if (sockets?.size !== 0) return;
      byUser.delete(userId);
      onUserGone(who, () => byUser.has(userId));
    },
    stop: loop.stop,
  };
}
