/**
 * What leaves for one socket, kept within bounds: a client that takes less than it is sent costs so much memory and no
 * more, and nobody waits for it.
 *   up to `soft`   packets go straight to the engine
 *   beyond it      events wait here in their order, and of each state only the newest; all follow when what the engine
 *                  has was taken
 *   beyond `hard`  for half a second, the socket is closed at the transport with a code; its client comes back by itself,
 *                  by position. Not at once: a commit of thousands of comments comes in one turn of the event loop, in which
 *                  nobody can take anything, and its packets are shared by all who wait for them
 * The answer to a subscribe may be larger than any bound, since a replay is whole or not at all. It doesn't count while it
 * is on its way, or a client that missed much would be closed again and again; instead a socket gets one answer at a time.
 */
import { closeCodes } from '../contract/live.ts';
import type { Metrics } from '../platform/metrics.ts';
import {
  bytesInFlight,
  bytesUntaken,
  closeWithCode,
  extendPing,
  isIdle,
  type OnFlushed,
  writePacket,
} from './engine.ts';
import type { EndTurn } from './large-answers.ts';
import { type EngineSocket, type Packet, sizeOf } from './packet.ts';
import type { Subscriber } from './room.ts';
import { Waiting } from './waiting.ts';

export interface Bounds {
  soft: number;
  hard: number;
}

/** To read up to the code, should the client wake up; then the memory is needed. */
const lingerMs = 2_000;
const graceMs = 500;
/** Shorter than clients wait for an answer. */
const settlePatienceMs = 2_000;
/** Of an answer on its way, a second: less is no client that is busy reading it. */
const leastProgress = 64 * 1024;

export type OutflowMetrics = Pick<Metrics, 'conflatedForSocket' | 'slowSocketsClosed' | 'droppedPackets'>;

interface Holder {
  who?: { userId: number } | null;
}

interface OutflowOptions {
  conn: EngineSocket;
  /** Whose socket it is, by the token that is valid now; null for anybody without one. */
  holder: Holder;
  bounds: Bounds;
  metrics: OutflowMetrics;
}

export class Outflow implements Subscriber {
  readonly #conn: EngineSocket;
  readonly #holder: Holder;
  readonly #bounds: Bounds;
  readonly #metrics: OutflowMetrics;
  /** Given to the engine since it was idle last: what is in flight, or more. */
  #bytes = 0;
  #waiting: Waiting | null = null;
  /** Bytes of the answer in flight, beyond the bounds. */
  #answer = 0;
  #untaken = 0;
  #followedAt = 0;
  /** By performance.now(): beyond the hard bound since then. */
  #overSince: number | null = null;
  #endTurn: EndTurn | null = null;
  #onSettled: (() => void) | null = null;

  constructor({ conn, holder, bounds, metrics }: OutflowOptions) {
    this.#conn = conn;
    this.#holder = holder;
    this.#bounds = bounds;
    this.#metrics = metrics;
  }

  userId(): number | null {
    return this.#holder.who?.userId ?? null;
  }

  get isOpen(): boolean {
    return this.#conn.readyState === 'open';
  }

  /** Bytes that wait for the client, here and on the way to the kernel. */
  get queued(): number {
    return isIdle(this.#conn) ? 0 : bytesInFlight(this.#conn) + (this.#waiting?.bytes ?? 0);
  }

  /** `onFlushed` is called when the kernel has taken the packet. */
  send(packet: Packet, onFlushed?: OnFlushed): void {
    if (!this.isOpen) return;
    if (this.#waiting !== null) this.#wait(this.#waiting, packet, onFlushed);
    else if (this.#reaches(sizeOf(packet))) this.#writeLast(packet, onFlushed);
    else writePacket(this.#conn, packet, onFlushed);
  }

  /** True when nothing waits and no answer is on its way, as soon as it is so or after `patienceMs`. */
  settled(patienceMs = settlePatienceMs): Promise<boolean> {
    if (this.#waiting === null) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patienceMs, false);
      this.#onSettled = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  /**
   * Sends an answer of any size, to a socket that was settled. What comes meanwhile waits behind it. `endTurn` is called
   * when the kernel has taken it, or the socket is gone.
   */
  answer(packet: Packet, endTurn: EndTurn | null): void {
    const size = sizeOf(packet);
    if (!this.#reaches(size) && endTurn === null) {
      writePacket(this.#conn, packet);
      return;
    }
    this.#answer = size;
    this.#endTurn = endTurn;
    this.#writeLast(packet, () => this.#answered());
  }

  close(): void {
    this.#conn.close();
  }

  /** The socket is gone. */
  end(): void {
    this.#metrics.droppedPackets.inc(this.#waiting?.size ?? 0);
    this.#waiting = null;
    this.#answered();
    this.#settle();
  }

  /** To be called a few times a second: sees what others wrote past us, too. True while frames wait. */
  watch(): boolean {
    if (isIdle(this.#conn) || !this.isOpen) return false;
    this.#judge(this.queued);
    this.#followAnswer();
    return this.#waiting !== null;
  }

  /** Counts bytes that are about to be written; true when they go beyond the soft bound. */
  #reaches(size: number): boolean {
    if (isIdle(this.#conn)) this.#bytes = size;
    else {
      this.#bytes += size;
      // It counts what was taken meanwhile too, so it is measured before it is believed.
      if (this.#bytes > this.#bounds.soft) this.#bytes = bytesInFlight(this.#conn) + size;
    }
    return this.#bytes > this.#bounds.soft;
  }

  /** The last packet before the rest waits: when it was taken, everything was. */
  #writeLast(packet: Packet, onFlushed: OnFlushed | undefined): void {
    this.#waiting ??= new Waiting();
    writePacket(this.#conn, packet, (error) => {
      onFlushed?.(error);
      if (!(error instanceof Error)) this.#resume();
    });
  }

  #wait(waiting: Waiting, packet: Packet, onFlushed: OnFlushed | undefined): void {
    if (waiting.add(packet, onFlushed)) this.#metrics.conflatedForSocket.inc();
    // Counted is what was in flight when the waiting began; what is, if that seems too much.
    if (waiting.bytes + this.#bytes > this.#most) this.#judge(waiting.bytes + bytesInFlight(this.#conn));
  }

  get #most(): number {
    return this.#bounds.hard + this.#answer;
  }

  #judge(queued: number): void {
    if (queued <= this.#most) {
      this.#overSince = null;
      return;
    }
    const now = performance.now();
    this.#overSince ??= now;
    if (now - this.#overSince >= graceMs) this.#closeSlow();
  }

  /** Once a second: a client that is busy taking its answer is not away, though it can't answer pings meanwhile. */
  #followAnswer(): void {
    const now = performance.now();
    if (this.#answer === 0 || now - this.#followedAt < 1_000) return;
    this.#followedAt = now;
    const untaken = bytesUntaken(this.#conn);
    if (this.#untaken - untaken >= leastProgress) extendPing(this.#conn);
    this.#untaken = untaken;
  }

  #resume(): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    this.#bytes = bytesInFlight(this.#conn);
    for (let next = waiting.take(); next; next = waiting.take()) {
      this.#bytes += sizeOf(next.packet);
      if (this.#bytes > this.#bounds.soft) {
        this.#writeLast(next.packet, next.onFlushed);
        return;
      }
      writePacket(this.#conn, next.packet, next.onFlushed);
    }
    this.#waiting = null;
    this.#overSince = null;
    this.#settle();
  }

  #answered(): void {
    this.#answer = 0;
    this.#endTurn?.();
    this.#endTurn = null;
  }

  #settle(): void {
    this.#onSettled?.();
    this.#onSettled = null;
  }

  #closeSlow(): void {
    if (!this.isOpen) return;
    this.#metrics.slowSocketsClosed.inc();
    closeWithCode(this.#conn, closeCodes.tooSlow, 'too_slow', lingerMs);
    this.end();
  }
}
