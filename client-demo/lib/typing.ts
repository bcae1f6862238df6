/** Says that we are writing, as seldom as keeps it true, and knows for how long the server counts us among the writers. */
import type { Clock } from './delay.ts';
import { Store } from './store.ts';

/** The server forgets a writer after this long. */
const LASTS_MS = 6_000;
const AGAIN_MS = 3_000;

export class Typing {
  /** Whether the number of writers has us in it. */
  readonly counted = new Store(false);
  readonly #clock: Clock;
  readonly #tell: () => Promise<boolean>;
  #toldAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, tell: () => Promise<boolean>) {
    this.#clock = clock;
    this.#tell = tell;
  }

  async key(): Promise<void> {
    if (this.#clock.now() - this.#toldAt < AGAIN_MS) return;
    this.#toldAt = this.#clock.now();
    if (!(await this.#tell())) return;
    this.counted.set(true);
    this.#cancel?.();
    this.#cancel = this.#clock.after(LASTS_MS, () => this.counted.set(false));
  }
}
