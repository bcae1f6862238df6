/**
 * Socket.IO packets, built once for all sockets of a room and written past Socket.IO's own encoder. The wire is Socket.IO
 * protocol 5 in Engine.IO 4: an event in the default namespace is `2["name",payload]`, carried by the message `4`; the
 * answer to the message 7 is `37[answer]`.
 * Measured, server CPU a delivery at 1,000 sockets: 19.5 µs by `io.to().emit`, 13.5 µs this way, raw ws 12.5 µs.
 */
import type { Socket } from 'socket.io';
import type { LogEventFrame, StateOfFrame } from '../relay/frame.ts';

export interface Packet {
  text: string;
  /** The whole WebSocket frame, header and payload in one. */
  wire: Buffer;
  /** Of a state: a newer packet of the same key makes this one needless. Null for what has to arrive. */
  key: string | null;
}

export type EngineSocket = Socket['conn'];

export const sizeOf = ({ wire }: Packet): number => wire.length;

export function logPacket(frame: LogEventFrame): Packet {
  const { name, stream, epoch, seq, at, data } = frame;
  const payload = `{"stream":"${stream}","epoch":"${epoch}","seq":${seq},"at":"${at}","data":${data}}`;
  return packetOf(`2["${name}",${payload}]`, null);
}

/** `head` is the seq up to which this node has delivered the stream: whoever has less missed something. */
export function statePacket(frame: StateOfFrame, head: number): Packet {
  const { name, stream, version, at, data, key } = frame;
  const payload = `{"stream":"${stream}","version":${version},"seq":${head},"at":"${at}","data":${data}}`;
  return packetOf(`2["${name}",${payload}]`, `${stream} ${name} ${key}`);
}

/** `answer` is JSON text. */
export function answerPacket(messageId: number, answer: string): Packet {
  return packetOf(`3${messageId}[${answer}]`, null);
}

function packetOf(text: string, key: string | null): Packet {
  const payload = Buffer.from(`4${text}`);
  return { text, wire: Buffer.concat([frameHeader(payload.length), payload]), key };
}

/** RFC 6455, 5.2: a final, unmasked text frame. */
function frameHeader(length: number): Buffer {
  if (length < 126) return Buffer.from([0x81, length]);
  if (length < 65_536) return Buffer.from([0x81, 126, length >> 8, length & 0xff]);
  const header = Buffer.alloc(10);
  header[0] = 0x81;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
