import type { Server, Socket } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../contract/live.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { MessageBudget } from './message-budget.ts';
import type { Outflow } from './outflow.ts';
import type { Subscription } from './room.ts';

/** What we know of a socket. There are many and most say little, so all that can wait is made when it is needed. */
export interface SocketData {
  who: Principal | null;
  streams: Map<string, Subscription>;
  /** The change of its streams under way: a socket's run one after the other, so none undoes another's half. */
  turn: Promise<unknown> | null;
  /** From its first subscribe. */
  outflow: Outflow | null;
  /** Where messages are limited, from its first one. */
  budget: MessageBudget | null;
}
export type LiveServer = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export function inTurn(socket: LiveSocket, work: () => Promise<void>): Promise<void> {
  const { data } = socket;
  const done = (data.turn ?? Promise.resolve()).then(work);
  const turn: Promise<void> = done
    .catch(() => {})
    .then(() => {
      if (data.turn === turn) data.turn = null;
    });
  data.turn = turn;
  return done;
}
