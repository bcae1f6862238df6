import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { drain } from './drain.ts';
import type { LiveServer } from './live-socket.ts';

/** Listens, and answers with the address that a person on this machine would open. */
export async function openDoors(http: HttpServer, { PORT, HOST }: { PORT: number; HOST: string }): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(PORT, HOST, resolve);
  });
  const { port } = http.address() as AddressInfo;
  const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST;
  return `http://${host}:${port}`;
}

/**
 * Sockets are sent away and no more let in, while readyz still answers for `atLeastMs`, so that whoever asks it hears 503
 * before nobody answers. Then no new connections; requests under way are answered, and their connections end with them.
 */
export async function closeDoors(
  io: LiveServer,
  http: HttpServer,
  webSockets: ReadonlySet<Duplex>,
  atLeastMs: number,
): Promise<void> {
  http.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
  http.removeAllListeners('upgrade').on('upgrade', refuseUpgrade);
  await Promise.all([drain(io, webSockets), delay(atLeastMs)]);
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  http.closeIdleConnections();
  const patience = new Promise<void>((resolve) => setTimeout(resolve, 10_000).unref());
  await Promise.race([closed, patience]);
  http.closeAllConnections();
  await io.close();
}

function refuseUpgrade(_request: unknown, connection: Duplex): void {
  connection.on('error', () => {}); // it may be gone already
  connection.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\n\r\n');
}
