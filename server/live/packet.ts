/**
 * Socket.IO packets, built once for all sockets of a room and written past Socket.IO's own encoder. The wire is Socket.IO
 * protocol 5 in Engine.IO 4: an event in the default namespace is `2["name",payload]`, carried by the message `4`.
 * Measured, server CPU a delivery at 1,000 sockets: 19.5 µs by `io.to().emit`, 13.5 µs this way, raw ws 12.5 µs.
 */
import type { Socket } from 'socket.io';
import type { LogEventFrame, StateOfFrame } from '../relay/frame.ts';

export interface Packet {
  text: string;
  /** The whole WebSocket frame, header and payload. */
  wire: [header: Buffer, payload: Buffer];
}

export function logPacket(frame: LogEventFrame): Packet {
  const { name, stream, epoch, seq, at, data } = frame;
  return packetOf(`2["${name}",{"stream":"${stream}","epoch":"${epoch}","seq":${seq},"at":"${at}","data":${data}}]`);
}

/** `head` is the seq up to which this node has delivered the stream: whoever has less missed something. */
export function statePacket(frame: StateOfFrame, head: number): Packet {
  const { name, stream, version, at, data } = frame;
  return packetOf(`2["${name}",{"stream":"${stream}","version":${version},"seq":${head},"at":"${at}","data":${data}}]`);
}

/** `onFlushed` is called when the kernel has taken it, and never when the socket closes before that. */
export function writePacket(socket: Socket, packet: Packet, onFlushed?: () => void): void {
  // `wsPreEncodedFrame` is what Socket.IO's own broadcast passes; Engine.IO's public type does not name it.
  const options = { compress: false, wsPreEncodedFrame: packet.wire } as { compress: boolean };
  socket.conn.write(packet.text, options, onFlushed);
}

function packetOf(text: string): Packet {
  const payload = Buffer.from(`4${text}`);
  return { text, wire: [frameHeader(payload.length), payload] };
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
