/**
 * How old a change was when it came here, by a clock that need not be right. A frame that says its time of sending came at
 * best half a round trip later; so the least that such a frame seemed to be old is the difference of the clocks and that
 * half (a minimum filter, as NTP's).
 */
import type { Connection } from './connection.ts';
import { type Clock, systemClock } from './delay.ts';
import type { Frame } from './frames.ts';
import { Store } from './store.ts';

/** Frames that tell when they were sent, and of no change. */
const beats = new Set(['stream:head', 'campaign:presence']);
/** Older than that, it was missed and brought later, and tells nothing of the connection as it is. */
const LATE_MS = 60_000;

export class Freshness {
  readonly delayMs = new Store<number | null>(null);
  readonly #clock: Clock;
  #leastMs = Number.POSITIVE_INFINITY;
  #shortestTripMs = Number.POSITIVE_INFINITY;

  constructor(connection: Pick<Connection, 'listen'>, clock: Clock = systemClock) {
    this.#clock = clock;
    connection.listen({
      onPhase: () => {},
      onRoundTrip: (ms) => {
        this.#shortestTripMs = Math.min(this.#shortestTripMs, ms);
      },
      onFrame: (frame) => this.#hear(frame),
    });
  }

  #hear(frame: Frame): void {
    if (!('at' in frame)) return;
    const seemed = this.#clock.now() - Date.parse(frame.at);
    this.#leastMs = Math.min(this.#leastMs, seemed);
    if (beats.has(frame.name) || !Number.isFinite(this.#shortestTripMs)) return;
    const delay = Math.round(seemed - this.#leastMs + this.#shortestTripMs / 2);
    if (delay < LATE_MS) this.delayMs.set(delay);
  }
}
