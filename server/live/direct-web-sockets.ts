import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import { DirectConnection, DirectWebSocket } from './direct-connection.ts';
import { Heartbeat } from './heartbeat.ts';

interface Options {
  pingInterval: number;
  pingTimeout: number;
  maxHttpBufferSize: number;
}

/**
 * Takes the clients that begin with a WebSocket, as ours do, from Engine.IO, which keeps five kilobytes more for each.
 * Socket.IO is told of them by the event it listens to, which is how any engine is bound to it. Long polling, what goes
 * over from it to a WebSocket, and whatever is not a plain handshake stay Engine.IO's, and so do its refusals.
 */
export function takeDirectWebSockets(io: Pick<Server, 'engine'>, options: Options): void {
  const { pingInterval, pingTimeout, maxHttpBufferSize: maxPayload } = options;
  const { engine } = io;
  const heartbeat = new Heartbeat({ pingSeconds: pingInterval / 1_000, patienceSeconds: pingTimeout / 1_000 });
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload,
    WebSocket: DirectWebSocket,
  });
  const accept = (request: IncomingMessage, socket: DirectWebSocket) => {
    const sid = randomBytes(15).toString('base64url');
    const connection = new DirectConnection(sid, request, socket, heartbeat);
    connection.open({ sid, upgrades: [], pingInterval, pingTimeout, maxPayload });
    engine.emit('connection', connection);
  };
  const byEngine = engine.handleUpgrade.bind(engine);
  engine.handleUpgrade = (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    if (isDirect(request)) server.handleUpgrade(request, connection, head, (socket) => accept(request, socket));
    else byEngine(request, connection, head);
  };
  const close = engine.close.bind(engine);
  engine.close = () => {
    for (const connection of [...heartbeat.all()]) connection.close();
    return close();
  };
}

function isDirect({ method, url = '' }: IncomingMessage): boolean {
  const asked = new URL(url, 'http://host').searchParams;
  return method === 'GET' && asked.get('EIO') === '4' && asked.get('transport') === 'websocket' && !asked.has('sid');
}
