import { randomBytes } from 'node:crypto';
import net from 'node:net';

/**
 * A WebSocket client that does no more than 500 of them in one process need: it hands on the payload of each text frame
 * where it lies, and sends short texts. A receipt costs a few microseconds, so that what is measured is the server.
 */
export interface WebSocketClient {
  send(text: string): void;
  close(): void;
}

export interface WebSocketOptions {
  port: number;
  path: string;
  onText: (payload: Buffer, client: WebSocketClient) => void;
  onClose: () => void;
}

export function openWebSocket({ port, path, onText, onClose }: WebSocketOptions): WebSocketClient {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  const client: WebSocketClient = {
    send: (text) => void socket.write(textFrame(text)),
    close: () => void socket.destroy(),
  };
  let rest: Buffer = Buffer.alloc(0);
  let upgraded = false;
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  );
  socket.on('data', (chunk) => {
    let bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (!upgraded) {
      const headEnd = bytes.indexOf('\r\n\r\n');
      upgraded = headEnd >= 0;
      bytes = upgraded ? bytes.subarray(headEnd + 4) : bytes;
    }
    rest = upgraded ? readFrames(bytes, (payload) => onText(payload, client)) : bytes;
  });
  socket.on('error', () => {}); // 'close' follows
  socket.on('close', onClose);
  return client;
}

/** RFC 6455, 5.2, as a server sends: unmasked, and never in fragments from Engine.IO. Answers what is left over. */
function readFrames(bytes: Buffer, onText: (payload: Buffer) => void): Buffer {
  let start = 0;
  while (bytes.length - start >= 2) {
    const short = (bytes[start + 1] ?? 0) & 0x7f;
    const head = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (bytes.length - start < head) break;
    const length =
      short === 127 ? Number(bytes.readBigUInt64BE(start + 2)) : short === 126 ? bytes.readUInt16BE(start + 2) : short;
    const end = start + head + length;
    if (bytes.length < end) break;
    if (((bytes[start] ?? 0) & 0x0f) === 1) onText(bytes.subarray(start + head, end));
    start = end;
  }
  return bytes.subarray(start);
}

/** A client has to mask; the mask of zeroes is a mask. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const short = payload.length < 126;
  const head = Buffer.alloc(short ? 6 : 8);
  head[0] = 0x81;
  head[1] = 0x80 | (short ? payload.length : 126);
  if (!short) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}
