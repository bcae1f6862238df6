/**
 * A reading of the server that is repeated when something may have changed, never so often that it costs the server more
 * than a fifth of one connection: the pause after a reading is four times what it took, and `gapMs` at least.
 *
 * The value shown is always a whole answer. While another is on its way, or does not come, the last one stays; a reading
 * that failed, and was not refused for good, is repeated by itself, within two seconds at first and eight at last.
 */
import { backoffMs, type Clock, systemClock } from './delay.ts';
import { codeOf, isPassing, ProblemError } from './problem.ts';
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
const retry = { baseMs: 1_000, capMs: LONGEST_PAUSE_MS };

export class LiveQuery<T> {
  readonly state = new Store<Reading<T>>({ value: null, code: null, stale: true });
  readonly #clock: Clock;
  readonly #gapMs: number;
  #read: (() => Promise<T>) | null = null;
  #turn = 0;
  #reading = false;
  #wanted = false;
  #earliest = 0;
  #failures = 0;
  #cancel: (() => void) | null = null;

  constructor(gapMs: number, clock: Clock = systemClock) {
    this.#gapMs = gapMs;
    this.#clock = clock;
  }

  /** Another question: it is asked at once, and answers to the former one come to nothing. */
  ask(read: () => Promise<T>): void {
    this.#stop();
    this.#read = read;
    this.#failures = 0;
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
    let mayPass = false;
    const next = await this.#read().then(
      (value): Reading<T> => ({ value, code: null, stale: false }),
      (error: unknown): Reading<T> => {
        mayPass = !isRefused(error);
        return { ...this.state.get(), code: codeOf(error) };
      },
    );
    if (turn !== this.#turn) return;
    this.state.set(next);
    this.#reading = false;
    const took = this.#clock.now() - began;
    this.#failures = mayPass ? this.#failures + 1 : 0;
    const pause =
      this.#failures > 0
        ? backoffMs(retry, this.#failures, this.#clock.random)
        : Math.min(COST * took, LONGEST_PAUSE_MS);
    this.#earliest = this.#clock.now() + Math.max(this.#gapMs, pause);
    if (this.#wanted || this.#failures > 0) this.touch();
  }
}

const isRefused = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.status < 500 && !isPassing(error);
