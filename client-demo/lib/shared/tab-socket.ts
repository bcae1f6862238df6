/**
 * A tab's view of the socket that it shares with the browser's other tabs of the same person: to a Connection it looks
 * like a socket of its own. A port is one life of it; the next connect opens another.
 *
 * Where nothing can be shared, or the worker says nothing for `WORKER_DEADLINE_MS`, the page keeps a socket for itself.
 */
import { personOf } from './person.ts';
import { canShare, type OpenPort, openOwn, openShared } from './port.ts';
import { type FromTab, TAKEN_EVERY, type ToTab } from './port-messages.ts';

export interface TabSocketOptions {
  url: string;
  auth: (send: (auth: object) => void) => void;
  /** Where the socket is kept; by default the browser's shared worker, if it can be had. */
  open?: (onBroken: () => void) => Promise<OpenPort>;
}

type Listener = (payload: unknown) => void;

/** The keeper answers within four seconds, even if the server does not. */
const WORKER_DEADLINE_MS = 6_000;

export class TabSocket {
  connected = false;
  readonly #options: TabSocketOptions;
  readonly #listeners = new Map<string, Listener[]>();
  readonly #anyListeners: ((name: string, payload: unknown) => void)[] = [];
  readonly #asked = new Map<number, (answer: unknown) => void>();
  #openPort: (onBroken: () => void) => Promise<OpenPort>;
  #open: OpenPort | null = null;
  #person = '';
  #turn = 0;
  #connecting = false;
  #ids = 0;
  #taken = 0;

  constructor(options: TabSocketOptions) {
    this.#options = options;
    this.#openPort = options.open ?? (canShare() ? openShared : openOwn);
  }

  on(name: string, listener: Listener): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  onAny(listener: (name: string, payload: unknown) => void): void {
    this.#anyListeners.push(listener);
  }

  connect(): void {
    if (this.connected || this.#connecting) return;
    this.#connecting = true;
    this.#options.auth((auth) => void this.#begin(++this.#turn, auth));
  }

  disconnect(): void {
    this.#post({ do: 'leave' });
    this.#end('disconnect', undefined, this.connected);
  }

  /** For all tabs: the socket seems dead without knowing it. */
  recycle(): void {
    this.#post({ do: 'recycle' });
    this.#end('disconnect');
  }

  emit(name: string, payload: object, answered: (answer: unknown) => void = () => {}): void {
    // Others may use this socket, and may be somebody else from here on: this tab goes to its own person's.
    if (name === 'auth:refresh' && personOf(payload) !== this.#person) {
      this.disconnect();
      return;
    }
    const id = ++this.#ids;
    this.#asked.set(id, answered);
    this.#post({ do: 'ask', id, name, payload });
  }

  timeout(ms: number) {
    return {
      emitWithAck: (name: string, payload: object): Promise<unknown> =>
        new Promise((answered, failed) => {
          const timer = setTimeout(() => failed(new Error(`no answer to ${name}`)), ms);
          this.emit(name, payload, (answer) => {
            clearTimeout(timer);
            answered(answer);
          });
        }),
    };
  }

  async #begin(turn: number, auth: object): Promise<void> {
    const isOver = () => turn !== this.#turn;
    const broken = () => {
      if (isOver()) return;
      this.#openPort = openOwn;
      this.#end('connect_error', undefined);
    };
    if (isOver()) return;
    const open = await this.#openPort(broken).catch(() => null);
    if (open === null) {
      broken();
      return;
    }
    if (isOver()) {
      open.close();
      return;
    }
    this.#open = open;
    this.#person = personOf(auth);
    this.#taken = 0;
    const silence = setTimeout(broken, WORKER_DEADLINE_MS);
    open.port.onmessage = ({ data }: MessageEvent<ToTab>) => {
      clearTimeout(silence);
      if (!isOver()) this.#hear(data);
    };
    const url = new URL(this.#options.url, globalThis.location?.href).href;
    this.#post({ do: 'connect', url, person: this.#person, auth, alive: open.alive });
  }

  #hear(message: ToTab): void {
    if (++this.#taken % TAKEN_EVERY === 0) this.#post({ do: 'took', messages: TAKEN_EVERY });
    switch (message.told) {
      case 'connect':
        this.#connecting = false;
        this.connected = true;
        this.#fire('connect', undefined);
        break;
      case 'answer':
        this.#asked.get(message.id)?.(message.answer);
        this.#asked.delete(message.id);
        break;
      case 'event':
        for (const listener of this.#anyListeners) listener(message.name, message.payload);
        this.#fire(message.name, message.payload);
        break;
      case 'disconnect':
        this.#end('disconnect');
        break;
      case 'connect_error':
        this.#end('connect_error', message.data);
        break;
      default:
        message satisfies never;
    }
  }

  /** Whatever the port brings from here on is of the past. */
  #end(name: 'disconnect' | 'connect_error', payload?: unknown, told = true): void {
    this.#turn++;
    this.#connecting = false;
    this.connected = false;
    this.#asked.clear();
    this.#open?.close();
    this.#open = null;
    if (told) this.#fire(name, payload);
  }

  #fire(name: string, payload: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload);
  }

  #post(message: FromTab): void {
    this.#open?.port.postMessage(message);
  }
}
