import type { OnFlushed } from './engine.ts';
import { Latencies } from './latencies.ts';

interface FanoutOptions {
  /** When the event was written, by performance.now(). */
  startedAt: number;
  /** Whose own sockets don't count. */
  except: number | null;
  onClosed: (measured: { due: number; latencies: Latencies }) => void;
}

/**
 * One log event on its way to this node's sockets: to how many it was written, and how long after the event each of them
 * had it. A socket has it when the kernel took the bytes; one that closes before never does.
 *
 * It closes by itself when nobody holds it any more: the room while it goes through its sockets, each packet that is held
 * back for a subscriber, and each write until it is flushed. Whoever made it may close it earlier.
 */
export class Fanout {
  readonly openedAt = performance.now();
  readonly #options: FanoutOptions;
  #latencies: Latencies | null = new Latencies();
  #due = 0;
  #holders = 1;

  constructor(options: FanoutOptions) {
    this.#options = options;
  }

  /** It is about to be written to a socket of that user. Answers what to call when it is flushed, if that counts. */
  to(userId: number | null): OnFlushed | undefined {
    if (this.#latencies === null || (userId !== null && userId === this.#options.except)) return undefined;
    this.#due++;
    this.#holders++;
    return this.#flushed;
  }

  hold(): void {
    this.#holders++;
  }

  letGo(): void {
    this.#holders--;
    if (this.#holders === 0) this.close();
  }

  /** Later flushes count no more. A slow socket's queue may keep this object for long, so it gives up what is big. */
  close(): void {
    const latencies = this.#latencies;
    if (latencies === null) return;
    this.#latencies = null;
    this.#options.onClosed({ due: this.#due, latencies });
  }

  /** One function for all sockets: a delivery costs no closure of its own. */
  readonly #flushed: OnFlushed = (error) => {
    if (!(error instanceof Error)) this.#latencies?.observe(performance.now() - this.#options.startedAt);
    this.letGo();
  };
}
