import type { Server as HttpServer } from 'node:http';
import type { AccessList } from '../platform/auth/access-list.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Tokens } from '../platform/auth/tokens.ts';
import type { Pool } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { createAdmission, type LiveLimits } from './admission.ts';
import { startAudiences } from './audiences.ts';
import type { TrustsProxy } from './client-address.ts';
import type { Delivery } from './delivery.ts';
import { serveSockets } from './gateway.ts';
import { createHeldStreams } from './held-streams.ts';
import { createLiveServer } from './live-server.ts';
import type { LiveServer } from './live-socket.ts';
import { startOutflows } from './outflows.ts';
import { startSessions } from './sessions.ts';
import type { StreamKind } from './stream-kind.ts';

export interface Sockets {
  io: LiveServer;
  /** Ends what runs in the background; the sockets are drained before. */
  stop(): Promise<void>;
}

interface SocketsOptions {
  http: HttpServer;
  tokens: Tokens;
  access: AccessList;
  pool: Pool;
  delivery: Delivery;
  kinds: StreamKind[];
  mayType: (userId: number, campaignId: number) => Promise<void>;
  onUserGone: (who: Principal, isBack: () => boolean) => void;
  /** Null: none. */
  limits: LiveLimits | null;
  trusts: TrustsProxy;
  corsOrigins: string[];
  handshakeTimeoutMs: number;
  polling: boolean;
  log: Log;
  metrics: Metrics;
}

/** Everything between this node's rooms and its clients. */
export function startSockets(options: SocketsOptions): Sockets {
  const { tokens, access, pool, delivery, kinds, mayType, onUserGone, limits, trusts, log, metrics } = options;
  const { rooms, presence, screens } = delivery;
  const io = createLiveServer(options.http, options);
  const outflows = startOutflows({ log, metrics });
  const held = createHeldStreams({ rooms, screens, kinds, access, metrics });
  const socketsPerUser = limits?.socketsPerUser ?? null;
  const sessions = startSessions({ held, access, socketsPerUser, onUserGone, log, metrics });
  const admission = createAdmission({ limits, trusts, metrics });
  const audiences = startAudiences(io, held, log, metrics);
  delivery.onEvent(audiences.delivered);
  serveSockets(io, {
    tokens,
    pool,
    rooms,
    outflows,
    presence,
    screens,
    kinds,
    mayType,
    held,
    sessions,
    admission,
    log,
    metrics,
  });
  return {
    io,
    async stop() {
      await Promise.all([sessions.stop(), audiences.stop(), outflows.stop()]);
    },
  };
}
