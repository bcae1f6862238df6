import type { Policy, Window } from '../platform/rate-limit/policy.ts';

/**
 * One socket's budget of messages: windows as those of the HTTP limits, in a few numbers and without a timer, since every
 * socket has some. What the first window refuses is taken from the burst's.
 */
export class Allowance {
  readonly #rate: Count;
  readonly #burst: Count | null;

  constructor({ rate, burst }: Policy) {
    this.#rate = new Count(rate);
    this.#burst = burst && new Count(burst);
  }

  /** Takes one. `now` in ms of any clock that does not go back. */
  take(now: number): boolean {
    return this.#rate.take(now) || (this.#burst?.take(now) ?? false);
  }
}

class Count {
  readonly #window: Window;
  #left = 0;
  #endsAt = Number.NEGATIVE_INFINITY;

  constructor(window: Window) {
    this.#window = window;
  }

  take(now: number): boolean {
    if (now >= this.#endsAt) {
      this.#left = this.#window.points;
      this.#endsAt = now + this.#window.seconds * 1_000;
    }
    if (this.#left === 0) return false;
    this.#left--;
    return true;
  }
}
