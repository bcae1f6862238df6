import type { Metrics } from '../platform/metrics.ts';
import { Refusal } from '../platform/refusal.ts';

const atOnce = 4;
const patienceMs = 4_000;

/** Gives a turn back; may be called twice. */
export type EndTurn = () => void;

/**
 * Turns for the answers that may be tens of megabytes, each held from its reading until the kernel has taken it: so many
 * at once and no more, whoever asks, bound the memory that replays can cost.
 */
export class LargeAnswers {
  readonly #metrics: Pick<Metrics, 'largeAnswers' | 'largeAnswersRefused'>;
  readonly #atOnce: number;
  readonly #patienceMs: number;
  readonly #queue = new Set<() => void>();
  #held = 0;

  constructor(metrics: Pick<Metrics, 'largeAnswers' | 'largeAnswersRefused'>, bounds = { atOnce, patienceMs }) {
    this.#metrics = metrics;
    this.#atOnce = bounds.atOnce;
    this.#patienceMs = bounds.patienceMs;
  }

  /** Resolves when it is this one's turn, first come first served; `unavailable` when that takes too long. */
  async turn(): Promise<EndTurn> {
    if (this.#held >= this.#atOnce) await this.#waitForTurn();
    else this.#count(1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#handOn();
    };
  }

  #waitForTurn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#queue.delete(start);
        this.#metrics.largeAnswersRefused.inc();
        reject(new Refusal('unavailable'));
      }, this.#patienceMs);
      this.#queue.add(start);
    });
  }

  /** The turn goes to the next in the queue as it is, so that nobody comes between. */
  #handOn(): void {
    const [next] = this.#queue;
    if (next === undefined) this.#count(-1);
    else {
      this.#queue.delete(next);
      next();
    }
  }

  #count(change: number): void {
    this.#held += change;
    this.#metrics.largeAnswers.set(this.#held);
  }
}
