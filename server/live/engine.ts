/** What Engine.IO and ws know of a connection and their types do not tell. Nothing else here looks behind those. */
import { DirectConnection } from './direct-connection.ts';
import type { EngineSocket, Packet } from './packet.ts';

interface Connection {
  writableLength: number;
  /** Of Node.js's net: what the kernel has not taken, live. */
  _handle?: { writeQueueSize?: number } | null;
}

interface WebSocket {
  bufferedAmount: number;
  readyState: number;
  _sender?: { sendFrame(parts: Buffer[], onFlushed?: OnFlushed): void };
  close(code: number, reason: string): void;
  terminate(): void;
  _socket?: Connection | null;
}

interface Buffered {
  data?: string | Buffer;
  options?: { wsPreEncodedFrame?: Buffer[] };
}

/** Undefined while the client polls over HTTP. */
const webSocketOf = (conn: EngineSocket): WebSocket | undefined =>
  (conn.transport as unknown as { socket?: WebSocket }).socket;

/**
 * Called when the kernel has taken a packet; with an error, or never, when the socket closes before that. Engine.IO gives
 * something else, which means nothing.
 */
export type OnFlushed = (error?: unknown) => void;

const open = 1;

/**
 * Writes the frame as it is to the WebSocket, past Engine.IO, whose own way through its queue and events costs as much
 * again as the write. Where Engine.IO has something queued, or the client polls, it goes that way, so that nothing overtakes.
 */
export function writePacket(conn: EngineSocket, packet: Packet, onFlushed?: OnFlushed): void {
  const webSocket = webSocketOf(conn);
  if (webSocket?._sender && webSocket.readyState === open && conn.transport.writable) {
    webSocket._sender.sendFrame([packet.wire], onFlushed);
    return;
  }
  // `wsPreEncodedFrame` is what Socket.IO's own broadcast passes; Engine.IO's public type does not name it.
  const options = { compress: false, wsPreEncodedFrame: [packet.wire] } as { compress: boolean };
  conn.write(packet.text, options, onFlushed);
}

/** True when the kernel has taken all that was written. */
export const isIdle = (conn: EngineSocket): boolean =>
  conn.transport.writable && (webSocketOf(conn)?.bufferedAmount ?? 0) === 0;

/** Bytes of this process that wait for the kernel: those that ws has, and those that Engine.IO keeps for its next turn. */
export function bytesInFlight(conn: EngineSocket): number {
  let bytes = webSocketOf(conn)?.bufferedAmount ?? 0;
  for (const { data, options } of (conn as unknown as { writeBuffer: Buffered[] }).writeBuffer) {
    for (const part of options?.wsPreEncodedFrame ?? [data ?? '']) bytes += part.length;
  }
  return bytes;
}

/** Of the write under way, which `bytesInFlight` counts whole until its last byte is taken. */
export const bytesUntaken = (conn: EngineSocket): number => webSocketOf(conn)?._socket?._handle?.writeQueueSize ?? 0;

/**
 * Another ten seconds for the answer to a ping. Pings wait their turn behind what was written before them, and a client
 * that is busy taking megabytes is not away.
 */
export function extendPing(conn: EngineSocket): void {
  const ours: unknown = conn;
  if (ours instanceof DirectConnection) ours.extendPing();
  else (conn as unknown as { pingTimeoutTimer: NodeJS.Timeout | null }).pingTimeoutTimer?.refresh();
}

/**
 * Closes at the transport at once, whatever is queued. The client hears the code should it ever read up to it; after
 * `patienceMs` the connection is cut and what was queued is free.
 */
export function closeWithCode(conn: EngineSocket, code: number, reason: string, patienceMs: number): void {
  const webSocket = webSocketOf(conn);
  webSocket?.close(code, reason);
  conn.close(true);
  if (webSocket) setTimeout(() => webSocket.terminate(), patienceMs).unref();
}
