/** What a user is told of, alive: the exact count of what is unread, and when the list has to be read again. */
import { userStream } from '../../../server/contract/live.ts';
import type { Connection, ConnectionPhase } from '../connection.ts';
import { type Clock, systemClock } from '../delay.ts';
import { createFollower } from '../follower.ts';
import type { Frame } from '../frames.ts';
import { LinkMonitor } from '../link.ts';
import { Store } from '../store.ts';
import type { Stream } from '../stream.ts';

export class LiveNotifications {
  /** Null until it is known. */
  readonly unread = new Store<number | null>(null);
  /** Grows whenever the list may have changed, here or in another tab. */
  readonly moves = new Store(0);
  readonly link: LinkMonitor;
  readonly #connection: Connection;
  readonly #stream: Stream;
  #version = -1;

  constructor({ userId, connection, clock = systemClock }: { userId: number; connection: Connection; clock?: Clock }) {
    this.#connection = connection;
    this.link = new LinkMonitor(clock);
    this.#stream = createFollower({
      stream: userStream(userId),
      connection,
      clock,
      recall: 0,
      onFrame: (frame) => this.#take(frame),
      onReset: () => this.moved(),
      onPhase: (phase) => this.link.stream(phase),
    });
  }

  /** Answers what ends it. */
  start(): () => void {
    const stream = this.#stream;
    const endListening = this.#connection.listen({
      onPhase: (phase) => this.#onConnection(phase),
      onClosed: (name) => name === stream.name && stream.up(), // asking tells why
      onFrame: (frame) => frame.stream === stream.name && stream.receive(frame),
    });
    this.#onConnection(this.#connection.phase);
    return () => {
      endListening();
      stream.down();
      this.#connection.unsubscribe(stream.name);
    };
  }

  moved(): void {
    this.moves.set(this.moves.get() + 1);
  }

  #take(frame: Frame): void {
    if (frame.name === 'notification:created') this.moved();
    if (frame.name !== 'notification:unread' || frame.version <= this.#version) return;
    this.#version = frame.version;
    this.unread.set(frame.data.unread);
    this.moved();
  }

  #onConnection(phase: ConnectionPhase): void {
    this.link.connection(phase);
    if (phase === 'up') this.#stream.up();
    else this.#stream.down();
  }
}
