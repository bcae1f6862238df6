import type { Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { LiveServer } from './live-socket.ts';

const batchSize = 500;
const batchPauseMs = 100;
const patienceMs = 2_000;

/** The connections that are WebSockets now: for Node.js's HTTP server they are nobody's any more. */
export function trackWebSockets(http: HttpServer): ReadonlySet<Duplex> {
  const open = new Set<Duplex>();
  // One for all of them: a closure each, and what `once` wraps around it, would be a quarter of a kilobyte.
  const forget = function (this: Duplex) {
    open.delete(this);
  };
  http.on('upgrade', (_request, connection) => {
    open.add(connection);
    connection.on('close', forget);
  });
  return open;
}

/**
 * Sends every client away, each with its own jittered delay so that they don't come back together, and closes the
 * sockets at the transport in batches: Socket.IO's client then reconnects by itself. One that takes nothing can't be
 * closed in order; its connection is cut, since the process would wait half a minute for it otherwise.
 */
export async function drain(io: LiveServer, connections: ReadonlySet<Duplex>): Promise<void> {
  const sockets = [...io.sockets.sockets.values()];
  const spreadMs = Math.min(10_000, 200 + sockets.length);
  for (const socket of sockets) socket.emit('server:draining', { reconnectInMs: Math.round(Math.random() * spreadMs) });
  for (let start = 0; start < sockets.length; start += batchSize) {
    await delay(batchPauseMs);
    for (const socket of sockets.slice(start, start + batchSize)) socket.conn.close();
  }
  const closed = [...connections].map((one) => new Promise<void>((resolve) => one.once('close', resolve)));
  await Promise.race([Promise.all(closed), delay(patienceMs, undefined, { ref: false })]);
  for (const connection of connections) connection.destroy();
}
