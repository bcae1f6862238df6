/**
 * A reading of the server that is repeated when something may have changed, never so often that it costs the server more
 * than a fifth of one connection: the pause after a reading is four times what it took, and `gapMs` at least.
 *
 * The value shown is always a whole answer. While another is on its way, or does not come, the last one stays.
 */
import { type Clock, systemClock } from './delay.ts';
import { codeOf } from './problem.ts';
import { Store } from './store.ts';

export interface Reading<T> {
  readonly value: T | null;
  /** Why the last reading failed; null when it did not. */
  readonly code: string | null;
  /** The value is of an earlier question than the one asked now. */
  readonly stale: boolean;
}

const COST = 4;
const LONGEST_PAUSE_MS = 8_000;

export class LiveQuery<T> {
  readonly state = new Store<Reading<T>>({ value: null, code: null, stale: true });
  readonly #clock: Clock;
  readonly #gapMs: number;
  #read: (() => Promise<T>) | null = null;
  #turn = 0;
  #reading = false;
  #wanted = false;
  #earliest = 0;
  #cancel: (() => void) | null = null;

  constructor(gapMs: number, clock: Clock = systemClock) {
    this.#gapMs = gapMs;
    this.#clock = clock;
  }

  /** Another question: it is asked at once, and answers to the former one come to nothing. */
  ask(read: () => Promise<T>): void {
    this.#stop();
    this.#read = read;
    this.state.set({ ...this.state.get(), stale: true });
    void this.#run();
  }

  /** The answer may have changed. */
  touch(): void {
    this.#wanted = true;
    if (this.#reading || this.#cancel !== null || this.#read === null) return;
    const wait = Math.max(0, this.#earliest - this.#clock.now());
    this.#cancel = this.#clock.after(wait, () => {
      this.#cancel = null;
      void this.#run();
    });
  }

  end(): void {
    this.#stop();
    this.#read = null;
  }

  #stop(): void {
    this.#turn++;
    this.#cancel?.();
    this.#cancel = null;
    this.#reading = false;
  }

  async #run(): Promise<void> {
    if (this.#read === null) return;
    const turn = this.#turn;
    const began = this.#clock.now();
    this.#reading = true;
    this.#wanted = false;
    const next = await this.#read().then(
      (value): Reading<T> => ({ value, code: null, stale: false }),
      (error: unknown): Reading<T> => ({ ...this.state.get(), code: codeOf(error) }),
    );
    if (turn !== this.#turn) return;
    this.state.set(next);
    this.#reading = false;
    const took = this.#clock.now() - began;
    this.#earliest = this.#clock.now() + Math.max(this.#gapMs, Math.min(COST * took, LONGEST_PAUSE_MS));
    if (this.#wanted) this.touch();
  }
}
