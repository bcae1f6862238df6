import type { Socket } from 'socket.io';
import { Adapter, type BroadcastOptions } from 'socket.io-adapter';

/**
 * Socket.IO puts each socket into a room of its own: two sets and two map entries of half a kilobyte. Ours are in rooms
 * that deliver by seq (room.ts), so Socket.IO's keep nothing here, and to send to one is a mistake that is told.
 */
export class NoRooms extends Adapter {
  override addAll(): void {}
  override del(): void {}
  override delAll(): void {}

  override broadcast(): never {
    throw new Error('Socket.IO has no rooms here: rooms.ts delivers');
  }

  /** As `io.close()` asks for. */
  override disconnectSockets(_all: BroadcastOptions, close: boolean): void {
    const sockets: Map<string, Socket> = this.nsp.sockets;
    for (const socket of [...sockets.values()]) socket.disconnect(close);
  }
}
