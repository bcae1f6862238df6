/**
 * A stream on this node: who subscribed, and up to where it was delivered here.
 *
 * Log events are delivered in order of seq and without a gap, wherever they come from (the bus, the database, both):
 *   seq <= head      sent before: dropped
 *   seq == head + 1  delivered
 *   beyond           something was lost on the way: the room reads what is missing from the database first
 * States are delivered when their version is newer than what was sent for their key.
 */
import type { Frame, LogEventFrame, StateOfFrame } from '../relay/frame.ts';
import type { OnFlushed } from './engine.ts';
import type { Fanout } from './fanout.ts';
import { logPacket, type Packet, sizeOf, statePacket } from './packet.ts';

export interface Subscriber {
  /** Null for anybody without a token. */
  userId(): number | null;
  /** `onFlushed` is called when the kernel has taken the packet. */
  send(packet: Packet, onFlushed?: OnFlushed): void;
  close(): void;
}

/** One socket's hold on a stream. While its answer is being prepared, packets are held back. */
export interface Subscription {
  subscriber: Subscriber;
  /** Delivered up to here; null until the answer is out. */
  seq: number | null;
  held: HeldPacket[];
  /** Of what is held; negative once it was too much, and nothing is held any more. */
  heldBytes: number;
}

/** Null: what comes is held until an answer is out. */
export const subscriptionOf = (subscriber: Subscriber, seq: number | null = null): Subscription => ({
  subscriber,
  seq,
  held: [],
  heldBytes: 0,
});

interface HeldPacket {
  packet: Packet;
  /** Of a log event. */
  seq: number | null;
  fanout: Fanout | undefined;
}

export interface RoomParts {
  readMissed: ReadMissed;
  /** Begins to measure the way of an event to the sockets; undefined when it is not to be measured. */
  measure: (frame: LogEventFrame) => Fanout | undefined;
}

/** Reads the next log events after `seq`, in order. */
export type ReadMissed = (stream: string, seq: number) => Promise<LogEventFrame[]>;

export class Room {
  readonly stream: string;
  readonly subscriptions = new Set<Subscription>();
  /** Null until the first position was read. */
  head: number | null = null;
  /** Where delivery began. What came before then was dropped here, so a position read earlier has to be read again. */
  startedAt = { head: 0, version: 0 };
  epoch: string | null = null;
  /**
   * Every state up to this version of the stream is with every subscriber: it was in the snapshot of whoever came later,
   * and read and sent to whoever was here. Single frames may be ahead of it.
   */
  version = 0;
  /** By performance.now(): when all subscribers were last told the head, by a state frame. */
  toldHeadAt = performance.now();
  /** The counters this node last showed, for the audit. */
  shownCounters: StateOfFrame | undefined;
  /** What was sent beyond `version`, by name and key. */
  readonly #versions = new Map<string, number>();
  readonly #parts: RoomParts;
  #wanted = 0;
  #repairing: Promise<void> | undefined;

  constructor(stream: string, parts: RoomParts) {
    this.stream = stream;
    this.#parts = parts;
  }

  /** Of states: how many keys it remembers a version for. */
  get remembered(): number {
    return this.#versions.size;
  }

  accept(frame: Frame): void {
    if (frame.class === 'state') this.#acceptState(frame);
    else if (this.head === null) this.#wanted = Math.max(this.#wanted, frame.seq);
    else if (frame.seq === this.head + 1 && !this.#repairing) this.#deliver(frame);
    else if (frame.seq > this.head) this.reach(frame.seq).catch(() => {}); // the next check tries again
  }

  /** The position that a subscriber's snapshot was read at: the room starts there, and never behind it. */
  startAt(epoch: string, head: number, version: number): void {
    if (this.head !== null) return;
    this.epoch = epoch;
    this.head = head;
    this.startedAt = { head, version };
    this.version = version;
    this.shownCounters = undefined; // what was held back so far is older than the snapshot
    if (this.#wanted > head) this.reach(this.#wanted).catch(() => {}); // the next check tries again
  }

  /** Delivers everything up to `seq`, from the database where it did not come by itself. */
  reach(seq: number): Promise<void> {
    this.#wanted = Math.max(this.#wanted, seq);
    this.#repairing ??= this.#repair().finally(() => {
      this.#repairing = undefined;
    });
    return this.#repairing;
  }

  /** All states up to this version of the stream have been read and sent; frames up to it bring nothing any more. */
  sawVersion(version: number): void {
    if (version <= this.version) return;
    this.version = version;
    for (const [key, sent] of this.#versions) if (sent <= version) this.#versions.delete(key);
  }

  /** Ends the holding back: the subscriber has everything up to `seq`. */
  release(subscription: Subscription, seq: number): void {
    subscription.seq = seq;
    for (const held of subscription.held) {
      this.#send(subscription, held.packet, held.seq, held.fanout);
      held.fanout?.letGo();
    }
    subscription.held = [];
    subscription.heldBytes = 0;
  }

  /** Up to what is wanted, or to where the log has a hole: then the head stays behind, and the next comparison sees that. */
  async #repair(): Promise<void> {
    let before: number | null = null;
    while (this.head !== null && this.head !== before && this.head < this.#wanted && this.subscriptions.size > 0) {
      before = this.head;
      for (const frame of await this.#parts.readMissed(this.stream, before)) {
        if (frame.seq === this.head + 1) this.#deliver(frame);
      }
    }
  }

  #deliver(frame: LogEventFrame): void {
    this.head = frame.seq;
    const packet = logPacket(frame);
    const fanout = this.#parts.measure(frame);
    for (const subscription of this.subscriptions) this.#send(subscription, packet, frame.seq, fanout);
    fanout?.letGo();
  }

  #acceptState(frame: StateOfFrame): void {
    const key = `${frame.name} ${frame.key}`;
    if (frame.version <= (this.#versions.get(key) ?? this.version)) return;
    this.#versions.set(key, frame.version);
    if (frame.name === 'campaign:counters') this.shownCounters = frame;
    this.broadcastState(frame);
  }

  /** Sends a state whatever was sent before; its seq is this room's head. */
  broadcastState(frame: StateOfFrame): void {
    const packet = statePacket(frame, this.head ?? 0);
    for (const subscription of this.subscriptions) this.#send(subscription, packet, null);
    this.toldHeadAt = performance.now();
  }

  /** Sends a state to the sockets of one user; answers to how many. */
  tell(userId: number, frame: StateOfFrame): number {
    const packet = statePacket(frame, this.head ?? 0);
    let told = 0;
    for (const subscription of this.subscriptions) {
      if (subscription.subscriber.userId() !== userId) continue;
      this.#send(subscription, packet, null);
      told++;
    }
    return told;
  }

  #send(subscription: Subscription, packet: Packet, seq: number | null, fanout?: Fanout): void {
    const { subscriber } = subscription;
    if (subscription.seq === null) hold(subscription, packet, seq, fanout);
    else if (seq === null) subscriber.send(packet);
    else if (seq > subscription.seq) {
      subscription.seq = seq;
      subscriber.send(packet, fanout?.to(subscriber.userId()));
    }
  }
}

/** An answer that is prepared for so long is refused, rather than followed by more than a socket may have queued. */
const mostHeldBytes = 1024 * 1024;

function hold(subscription: Subscription, packet: Packet, seq: number | null, fanout: Fanout | undefined): void {
  if (subscription.heldBytes < 0) return;
  subscription.heldBytes += sizeOf(packet);
  fanout?.hold();
  subscription.held.push({ packet, seq, fanout });
  if (subscription.heldBytes <= mostHeldBytes) return;
  for (const held of subscription.held) held.fanout?.letGo();
  subscription.held = [];
  subscription.heldBytes = -1;
}
