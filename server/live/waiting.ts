import type { OnFlushed } from './engine.ts';
import { type Packet, sizeOf } from './packet.ts';

interface WaitingPacket {
  packet: Packet;
  onFlushed: OnFlushed | undefined;
}

/**
 * What a slow socket has not been sent yet: log events in their order, and of each state the newest. Events leave first.
 * A state tells the head that its events had when it came, so it never tells of an event that is still behind it.
 */
export class Waiting {
  /** Of all that waits. Packets are shared with other sockets; counted is what this one would keep alive. */
  bytes = 0;
  readonly #events: WaitingPacket[] = [];
  readonly #states = new Map<string, WaitingPacket>();
  #next = 0;

  get size(): number {
    return this.#events.length - this.#next + this.#states.size;
  }

  /** True when the packet took the place of an older one of its key. */
  add(packet: Packet, onFlushed: OnFlushed | undefined): boolean {
    this.bytes += sizeOf(packet);
    const { key } = packet;
    if (key === null) {
      this.#events.push({ packet, onFlushed });
      return false;
    }
    const older = this.#states.get(key);
    if (older) this.bytes -= sizeOf(older.packet);
    this.#states.set(key, { packet, onFlushed });
    return older !== undefined;
  }

  take(): WaitingPacket | undefined {
    const taken = this.#takeEvent() ?? this.#takeState();
    if (taken) this.bytes -= sizeOf(taken.packet);
    return taken;
  }

  #takeEvent(): WaitingPacket | undefined {
    const taken = this.#events[this.#next];
    if (taken === undefined) return undefined;
    this.#next++;
    if (this.#next === this.#events.length) this.#events.length = this.#next = 0;
    return taken;
  }

  #takeState(): WaitingPacket | undefined {
    for (const [key, taken] of this.#states) {
      this.#states.delete(key);
      return taken;
    }
    return undefined;
  }
}
