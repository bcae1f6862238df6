import type { Server, Socket } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../contract/live.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Subscription } from './room.ts';

export interface SocketData {
  who: Principal | null;
  /** The client's, as far as the proxies in front are believed. */
  address: string;
  streams: Map<string, Subscription>;
  /** The change of its streams under way: a socket's run one after the other, so none undoes another's half. */
  turn: Promise<unknown>;
}
export type LiveServer = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export function inTurn(socket: LiveSocket, work: () => Promise<void>): Promise<void> {
  const done = socket.data.turn.then(work);
  socket.data.turn = done.catch(() => {});
  return done;
}
