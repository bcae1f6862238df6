import { setTimeout as delay } from 'node:timers/promises';
import type { LiveServer } from './gateway.ts';

const batchSize = 500;
const batchPauseMs = 100;

/**
 * Sends every client away, each with its own jittered delay so that they don't come back together, and closes the
 * sockets at the transport in batches: Socket.IO's client then reconnects by itself.
 */
export async function drain(io: LiveServer): Promise<void> {
  const sockets = [...io.sockets.sockets.values()];
  const spreadMs = Math.min(10_000, 200 + sockets.length);
  for (const socket of sockets) socket.emit('server:draining', { reconnectInMs: Math.round(Math.random() * spreadMs) });
  for (let start = 0; start < sockets.length; start += batchSize) {
    await delay(batchPauseMs);
    for (const socket of sockets.slice(start, start + batchSize)) socket.conn.close();
  }
}
