import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { takeDirectWebSockets } from './direct-web-sockets.ts';
import type { LiveServer, LiveSocket } from './live-socket.ts';
import { NoRooms } from './no-rooms.ts';

interface LiveServerOptions {
  corsOrigins: string[];
  handshakeTimeoutMs: number;
  /** Long polling needs every request at one process; where that can't be, Engine.IO refuses it: 400, code 0. */
  polling: boolean;
}

/** A message beyond this closes its socket with the WebSocket's own code for that, 1009. */
const maxMessageBytes = 64 * 1024;

export function createLiveServer(http: HttpServer, limits: LiveServerOptions): LiveServer {
  const { corsOrigins, handshakeTimeoutMs, polling } = limits;
  const options = {
    transports: transportsOf(polling),
    adapter: NoRooms,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: maxMessageBytes,
    connectTimeout: handshakeTimeoutMs,
    pingInterval: 20_000,
    pingTimeout: 10_000,
    cleanupEmptyChildNamespaces: true,
    ...(corsOrigins.length > 0 && { cors: { origin: corsOrigins } }),
  };
  const io: LiveServer = new Server(http, options);
  takeDirectWebSockets(io, options);
  return io;
}

/**
 * Once a socket is admitted nothing needs its handshake any more: the request, as Socket.IO's manual advises, and what
 * was read from it, the client's token among that. Together they are two kilobytes a socket.
 */
export function forgetHandshake(socket: LiveSocket): void {
  Object.assign(socket.conn, { request: null });
  Object.assign(socket, { handshake: forgotten });
}

const forgotten = Object.freeze({ headers: {}, query: {}, auth: {} });

const transportsOf = (polling: boolean): ('websocket' | 'polling')[] =>
  polling ? ['websocket', 'polling'] : ['websocket'];
