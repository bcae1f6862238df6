import type { Policy } from '../platform/rate-limit/policy.ts';
import { Allowance } from './allowance.ts';

/** How much one socket may still say, whatever it is called; made at its first message. */
export class MessageBudget {
  readonly #messages: Allowance;
  readonly #subscribes: Allowance;
  #second = 0;
  #refusals = 0;

  constructor({ messages, subscribes }: { messages: Policy; subscribes: Policy }) {
    this.#messages = new Allowance(messages);
    this.#subscribes = new Allowance(subscribes);
  }

  /** Takes one message. `now` in ms of any clock that does not go back. */
  take(subscribing: boolean, now: number): boolean {
    return this.#messages.take(now) && (!subscribing || this.#subscribes.take(now));
  }

  /** Counts a refusal; answers how many there were in about a second. */
  refused(now: number): number {
    if (now - this.#second > 1_000) {
      this.#second = now;
      this.#refusals = 0;
    }
    return ++this.#refusals;
  }
}
