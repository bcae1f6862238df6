/**
 * Tells the server which comments this page draws, so that moderators know how many see one and when a removed one is
 * gone. Small and late where it can be: what was drawn is told once a second, what is gone at once.
 */
import type { Clock } from './delay.ts';

export interface Rendered {
  shown: number[];
  gone: number[];
}

const DRAWN_MS = 1_000;
const GONE_MS = 30;
const RETRY_MS = 5_000;
const MOST_AT_ONCE = 500;

export class Drawn {
  readonly #clock: Clock;
  readonly #tell: (rendered: Rendered) => Promise<boolean>;
  readonly #drawn = new Map<number, number>();
  #told = new Set<number>();
  #following = false;
  #due: { at: number; cancel: () => void } | null = null;

  /** `tell` answers whether the server took it. */
  constructor(clock: Clock, tell: (rendered: Rendered) => Promise<boolean>) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** A comment's text is on the page; the answer says that it no longer is. */
  add(id: number): () => void {
    this.#drawn.set(id, (this.#drawn.get(id) ?? 0) + 1);
    this.#soon(DRAWN_MS);
    return () => {
      const left = (this.#drawn.get(id) ?? 1) - 1;
      if (left > 0) this.#drawn.set(id, left);
      else this.#drawn.delete(id);
      this.#soon(GONE_MS);
    };
  }

  /** The stream is followed, perhaps over another socket, which knows nothing of what was told before. */
  up(): void {
    this.#following = true;
    this.#told = new Set();
    this.#soon(DRAWN_MS);
  }

  down(): void {
    this.#following = false;
    this.#due?.cancel();
    this.#due = null;
  }

  #soon(ms: number): void {
    const at = this.#clock.now() + ms;
    if (!this.#following || (this.#due !== null && this.#due.at <= at)) return;
    this.#due?.cancel();
    this.#due = { at, cancel: this.#clock.after(ms, () => void this.#flush()) };
  }

  async #flush(): Promise<void> {
    this.#due = null;
    const told = this.#told;
    const shown = [...this.#drawn.keys()].filter((id) => !told.has(id)).slice(0, MOST_AT_ONCE);
    const gone = [...told].filter((id) => !this.#drawn.has(id)).slice(0, MOST_AT_ONCE);
    if (shown.length + gone.length === 0) return;
    for (const id of shown) told.add(id);
    for (const id of gone) told.delete(id);
    if (Math.max(shown.length, gone.length) === MOST_AT_ONCE) this.#soon(DRAWN_MS);
    if (await this.#tell({ shown, gone })) return;
    // Both ways: telling again what the server took after all changes nothing there.
    for (const id of shown) told.delete(id);
    for (const id of gone) told.add(id);
    this.#soon(RETRY_MS);
  }
}
