/**
 * One socket for several tabs of one person, from its connecting to its end; after that there is another.
 *
 * It knows no positions: each tab asks from its own and drops what it has, as over a socket of its own. What is added:
 *   1. a stream is held as long as one tab holds it, and its frames go to those tabs
 *   2. what is logged while one tab's question is answered is in that answer alone, so the other tabs of the stream are
 *      told its head: whoever is behind it asks
 *   3. drawn comments are summed over the tabs
 *   4. a token that ends is renewed by one tab, and by the next when that one does nothing
 * A tab that takes nothing is let go, rather than letting its messages pile up; it comes back by position.
 */
import { io, type Socket } from 'socket.io-client';
import type { ToTab } from './port-messages.ts';
import { type Rendered, RenderedByTabs } from './rendered-by-tabs.ts';

export interface Tab {
  tell(message: ToTab): void;
}

export interface SharedSocketOptions {
  url: string;
  auth: object;
  /** Nothing comes over it any more, and no tab has to be told. */
  onEnd: () => void;
}

const CONNECT_DEADLINE_MS = 4_000;
const RENEWAL_PATIENCE_MS = 10_000;
/** The server takes so many shown or gone comments at once. */
const MOST_AT_ONCE = 500;

export class SharedSocket {
  readonly #socket: Socket;
  readonly #onEnd: () => void;
  readonly #streams = new Map<Tab, Set<string>>();
  readonly #rendered = new RenderedByTabs<Tab>();
  #renewal: ReturnType<typeof setTimeout> | undefined;

  constructor({ url, auth, onEnd }: SharedSocketOptions) {
    this.#onEnd = onEnd;
    this.#socket = io(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_DEADLINE_MS,
      auth,
    });
    this.#socket.on('connect', () => this.#tellAll({ told: 'connect' }));
    this.#socket.on('disconnect', () => this.#end({ told: 'disconnect' }));
    this.#socket.on('connect_error', ({ data }: Error & { data?: unknown }) =>
      this.#end({ told: 'connect_error', data }),
    );
    this.#socket.onAny((name: string, payload: unknown) => this.#pass(name, payload));
  }

  get tabs(): number {
    return this.#streams.size;
  }

  join(tab: Tab): void {
    this.#streams.set(tab, new Set());
    if (this.#socket.connected) tab.tell({ told: 'connect' });
  }

  ask(tab: Tab, name: string, payload: unknown, answered: (answer: unknown) => void): void {
    if (name === 'subscribe') this.#subscribe(tab, payload as { stream: string }, answered);
    else if (name === 'unsubscribe') this.#unsubscribe(tab, payload as { stream: string }, answered);
    else if (name === 'rendered') this.#tellRendered(this.#rendered.say(tab, payload as Rendered), answered);
    else {
      if (name === 'auth:refresh') clearTimeout(this.#renewal);
      this.#socket.emit(name, payload, answered);
    }
  }

  leave(tab: Tab): void {
    for (const stream of this.#streams.get(tab) ?? []) this.#drop(tab, stream);
    this.#streams.delete(tab);
    if (this.#streams.size === 0) this.recycle();
  }

  recycle(): void {
    this.#socket.disconnect();
    this.#end({ told: 'disconnect' }); // one that was still connecting says nothing
  }

  #subscribe(tab: Tab, request: { stream: string }, answered: (answer: unknown) => void): void {
    const { stream } = request;
    this.#streams.get(tab)?.add(stream);
    this.#socket.emit('subscribe', request, (answer: unknown) => {
      answered(answer);
      const seq = headIn(answer);
      if (seq === null) return;
      const head = { stream, version: 0, seq, at: new Date().toISOString(), data: {} };
      for (const other of this.#holders(stream)) {
        if (other !== tab) other.tell({ told: 'event', name: 'stream:head', payload: head });
      }
    });
  }

  #unsubscribe(tab: Tab, { stream }: { stream: string }, answered: (answer: unknown) => void): void {
    this.#drop(tab, stream);
    answered({ ok: true });
  }

  #drop(tab: Tab, stream: string): void {
    this.#streams.get(tab)?.delete(stream);
    const [, campaignId] = /^campaign:(\d+)$/.exec(stream) ?? [];
    const gone = campaignId === undefined ? null : this.#rendered.leave(tab, Number(campaignId));
    if (this.#holders(stream).length === 0) this.#socket.emit('unsubscribe', { stream }, () => {});
    else if (gone !== null) this.#tellRendered(gone, () => {});
  }

  #tellRendered({ campaignId, shown, gone }: Rendered, answered: (answer: unknown) => void): void {
    if (shown.length + gone.length === 0) answered({ ok: true });
    for (let at = 0; at < Math.max(shown.length, gone.length); at += MOST_AT_ONCE) {
      const part = (ids: readonly number[]) => ids.slice(at, at + MOST_AT_ONCE);
      this.#socket.emit('rendered', { campaignId, shown: part(shown), gone: part(gone) }, answered);
    }
  }

  #pass(name: string, payload: unknown): void {
    if (name === 'auth:expiring') {
      this.#renew([...this.#streams.keys()], payload);
      return;
    }
    const stream = streamIn(payload);
    const message: ToTab = { told: 'event', name, payload };
    if (stream === null) this.#tellAll(message);
    else for (const tab of this.#holders(stream)) tab.tell(message);
  }

  #renew([tab, ...others]: Tab[], notice: unknown): void {
    clearTimeout(this.#renewal);
    if (tab === undefined) return;
    if (this.#streams.has(tab)) tab.tell({ told: 'event', name: 'auth:expiring', payload: notice });
    this.#renewal = setTimeout(() => this.#renew(others, notice), RENEWAL_PATIENCE_MS);
  }

  #holders(stream: string): Tab[] {
    return [...this.#streams].flatMap(([tab, streams]) => (streams.has(stream) ? [tab] : []));
  }

  #tellAll(message: ToTab): void {
    for (const tab of this.#streams.keys()) tab.tell(message);
  }

  #end(lastWords: ToTab): void {
    clearTimeout(this.#renewal);
    this.#tellAll(lastWords);
    this.#streams.clear();
    this.#onEnd();
  }
}

function streamIn(payload: unknown): string | null {
  const named = typeof payload === 'object' && payload !== null && 'stream' in payload ? payload.stream : null;
  return typeof named === 'string' ? named : null;
}

/** The head that an answer tells; null of a refusal. */
function headIn(answer: unknown): number | null {
  const read = typeof answer === 'object' && answer !== null && 'seq' in answer ? answer.seq : null;
  return typeof read === 'number' ? read : null;
}
