/**
 * Impression events on their way to the server. None is lost: an event is kept in storage until the server has answered
 * for it, and sent again with the same id as often as it takes; the server takes an id once. So what a page could not
 * deliver while it was closed is delivered by the next one. It goes as whose it was: with the token of that user, or with
 * none when somebody else is signed in by then.
 */
import { type ImpressionEvent, impressionBatchAnswer } from '../../../server/contract/impression.ts';
import { backoffMs, type Clock } from '../delay.ts';
import { readClaims } from '../session.ts';
import type { EventStore, KeptEvent } from './event-store.ts';

export type Delivery = 'taken' | 'refused' | 'failed';

/** Whose a batch is (see KeptEvent); `leaving`: the page is being hidden, and may not live to hear the answer. */
export interface Circumstances {
  by: KeptEvent['by'];
  leaving: boolean;
}

/** Carries one batch. */
export type Carrier = (events: ImpressionEvent[], circumstances: Circumstances) => Promise<Delivery>;

export interface OutboxOptions {
  carry: Carrier;
  store: EventStore;
  clock: Clock;
  /** The user who is signed in, as far as that is known without asking. */
  who: () => string | null;
}

/** Well below the 64 KiB that a browser lets a leaving page send. */
const BATCH = 100;
const GATHER_MS = 500;
const backoff = { baseMs: 1_000, capMs: 60_000 };

export class Outbox {
  readonly #options: OutboxOptions;
  #waiting: KeptEvent[];
  #somebodyWasKnown = false;
  #sending = false;
  #failures = 0;
  #cancel: (() => void) | null = null;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#waiting = options.store.read();
    if (this.#waiting.length > 0) this.#schedule(GATHER_MS);
  }

  /** Kept before anything else happens; sent half a second later, with what comes meanwhile. */
  add(event: ImpressionEvent): void {
    this.#waiting.push({ event, by: this.#who() });
    this.#options.store.write(this.#waiting);
    if (this.#cancel === null && !this.#sending) this.#schedule(GATHER_MS);
  }

  /** The page is being hidden or left: all that waits goes now, also what is on its way and not answered. */
  leave(): void {
    for (let left = this.#waiting; left.length > 0; ) {
      const batch = batchOf(left);
      left = left.filter((kept) => !batch.includes(kept));
      void this.#carry(batch, true).then((delivery) => this.#done(batch, delivery));
    }
  }

  #who(): KeptEvent['by'] {
    const user = this.#options.who();
    this.#somebodyWasKnown ||= user !== null;
    return this.#somebodyWasKnown ? user : undefined;
  }

  #carry(batch: KeptEvent[], leaving: boolean): Promise<Delivery> {
    const events = batch.map(({ event }) => event);
    return this.#options.carry(events, { by: batch[0]?.by, leaving });
  }

  #schedule(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.after(ms, () => {
      this.#cancel = null;
      void this.#send();
    });
  }

  async #send(): Promise<void> {
    const batch = batchOf(this.#waiting);
    if (this.#sending || batch.length === 0) return;
    this.#sending = true;
    const delivery = await this.#carry(batch, false);
    this.#sending = false;
    this.#done(batch, delivery);
    this.#failures = delivery === 'failed' ? this.#failures + 1 : 0;
    if (this.#waiting.length === 0) return;
    this.#schedule(this.#failures > 0 ? backoffMs(backoff, this.#failures - 1, this.#options.clock.random) : 0);
  }

  /** Refused as a whole it would be refused for ever. */
  #done(batch: KeptEvent[], delivery: Delivery): void {
    if (delivery === 'failed') return;
    this.#waiting = this.#waiting.filter((kept) => !batch.includes(kept));
    this.#options.store.write(this.#waiting);
  }
}

/** The oldest event, and others of the same user. */
const batchOf = (waiting: KeptEvent[]) => waiting.filter(({ by }) => by === waiting[0]?.by).slice(0, BATCH);

export interface CarrierOptions {
  base?: string;
  /** The token to sign with; asked anew for each batch, and known already when the page is left. */
  token: () => Promise<string | null>;
  fetch?: typeof fetch;
  beacon?: (url: string, body: Blob) => boolean;
}

const DEADLINE_MS = 10_000;
/** The request was understood and is wrong; anything else may pass. */
const refusals = new Set([400, 413, 415, 422]);

/**
 * A keepalive fetch outlives its page and carries the token, so a viewer stays the same one. Where the browser has none, or
 * refuses it while the page is left, a beacon goes instead: without a token, and nobody hears its answer.
 */
export function createCarrier(options: CarrierOptions): Carrier {
  const url = `${options.base ?? ''}/api/v1/impressions`;
  let lastToken: string | null = null;
  const post = (body: string, token: string | null) =>
    (options.fetch ?? fetch)(url, {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body,
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
  const beacon = options.beacon ?? ((to, body) => navigator.sendBeacon(to, body));
  const tokenFor = (by: KeptEvent['by']) =>
    lastToken !== null && (by === undefined || readClaims(lastToken)?.sub === by) ? lastToken : null;
  return async (events, { by, leaving }) => {
    const body = JSON.stringify({ events });
    try {
      // No pause before a last request: a page that is left may not come back to it.
      if (!leaving) lastToken = await options.token();
      const response = await post(body, tokenFor(by));
      if (response.ok) return impressionBatchAnswer.safeParse(await response.json()).success ? 'taken' : 'failed';
      return refusals.has(response.status) ? 'refused' : 'failed';
    } catch {
      if (leaving) beacon(url, new Blob([body], { type: 'text/plain' }));
      return 'failed'; // kept, and sent again by this page or the next
    }
  };
}
