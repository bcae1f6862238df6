/** How fresh what is on the glass is: made of the phases of the connection and of the stream. */
import type { ConnectionPhase } from './connection.ts';
import type { Clock } from './delay.ts';
import type { StreamPhase } from './sink.ts';
import { Store } from './store.ts';

export type LinkState = 'connecting' | 'live' | 'catching up' | 'reconnecting' | 'offline' | 'refused';

export interface Link {
  readonly state: LinkState;
  /** While not live: when it was live last. */
  readonly asOf: number | null;
}

/** A question that is answered at once is nobody's concern. */
const SHOW_CATCHING_UP_AFTER_MS = 400;

export class LinkMonitor {
  readonly store = new Store<Link>({ state: 'connecting', asOf: null });
  readonly #clock: Clock;
  #connection: ConnectionPhase = 'connecting';
  #stream: StreamPhase = 'waiting';
  #lost = false;
  #wasLiveAt: number | null = null;
  #cancelDelay: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  connection(phase: ConnectionPhase): void {
    this.#connection = phase;
    if (phase === 'down' || phase === 'offline') {
      this.#lost = true;
      this.#stream = 'waiting';
    }
    this.#show();
  }

  stream(phase: StreamPhase): void {
    this.#stream = phase;
    if (phase === 'following') this.#lost = false;
    this.#show();
  }

  #show(): void {
    this.#cancelDelay?.();
    const state = this.#state();
    if (state === 'live') this.#wasLiveAt = null;
    else if (this.store.get().state === 'live') this.#wasLiveAt ??= this.#clock.now();
    const delay = state === 'catching up' && this.store.get().state === 'live';
    if (delay) this.#cancelDelay = this.#clock.after(SHOW_CATCHING_UP_AFTER_MS, () => this.#enter(state));
    else this.#enter(state);
  }

  #state(): LinkState {
    if (this.#connection === 'offline') return 'offline';
    if (this.#connection === 'down') return 'reconnecting';
    if (this.#stream === 'refused') return 'refused';
    if (this.#stream === 'following' && this.#connection === 'up') return 'live';
    if (this.#lost) return 'reconnecting';
    return this.#wasLiveAt === null && this.store.get().state !== 'live' ? 'connecting' : 'catching up';
  }

  #enter(state: LinkState): void {
    if (state !== this.store.get().state) this.store.set({ state, asOf: this.#wasLiveAt });
  }
}
