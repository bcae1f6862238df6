/**
 * The socket of a page: websocket only, always trying to be there, and honest about whether it is. The browser's tabs of
 * one person have one socket between them (see shared/tab-socket.ts); nothing here knows of the others.
 *
 * It reconnects by itself with jittered backoff, at once when the browser says that it is online again, and after the
 * time that a server names which sends it away or refuses it. While the browser is offline it holds no socket, since one
 * that the network has left looks alive for most of a minute.
 */
import type { RenderedRequest, SubscribeRequest } from '../../server/contract/live.ts';
import { askOver, tellOver } from './asking.ts';
import { backoffMs, type Clock, systemClock } from './delay.ts';
import { type Frame, readFrame } from './frames.ts';
import type { Credentials } from './http.ts';
import { TabSocket } from './shared/tab-socket.ts';
import type { Asked } from './sink.ts';
import { awayTime, closedStream, isAboutToken } from './socket-notices.ts';

export type ConnectionPhase = 'connecting' | 'up' | 'down' | 'offline';

export interface ConnectionListener {
  onPhase(phase: ConnectionPhase): void;
  onFrame(frame: Frame): void;
  /** A question took so long, ms. */
  onRoundTrip?(ms: number): void;
  /** The server has taken the stream from this socket. */
  onClosed?(stream: string): void;
}

export interface ConnectionOptions {
  url?: string;
  credentials: Credentials;
  clock?: Clock;
}

const backoff = { baseMs: 400, capMs: 4_000 };

export class Connection {
  readonly #socket: TabSocket;
  readonly #clock: Clock;
  readonly #credentials: Credentials;
  readonly #listeners = new Set<ConnectionListener>();
  #phase: ConnectionPhase = 'connecting';
  #failures = 0;
  #awayMs: number | null = null;
  #cancelRetry: (() => void) | null = null;
  #lastToken: string | null = null;
  readonly #life = new AbortController();

  constructor({ url = '/', credentials, clock = systemClock }: ConnectionOptions) {
    this.#clock = clock;
    this.#credentials = credentials;
    this.#socket = new TabSocket({ url, auth: (send) => void this.#authenticate(send) });
    this.#listen();
  }

  get phase(): ConnectionPhase {
    return this.#phase;
  }

  open(): void {
    const { signal } = this.#life;
    addEventListener('online', () => this.#online(), { signal });
    addEventListener('offline', () => this.#offline(), { signal });
    if (navigator.onLine) this.#socket.connect();
    else this.#enter('offline');
  }

  /** For good: whoever is here next has a connection of their own. */
  close(): void {
    this.#life.abort();
    this.#cancelRetry?.();
    this.#socket.disconnect();
  }

  /** Answers what ends the listening. */
  listen(listener: ConnectionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async subscribe(request: SubscribeRequest): Promise<Asked> {
    const asked = this.#clock.now();
    const answer = await askOver(this.#socket, request);
    const took = this.#clock.now() - asked;
    if (answer.mode === 'answered') for (const listener of this.#listeners) listener.onRoundTrip?.(took);
    return answer;
  }

  /** Which comments of a campaign the page draws and no longer draws; answers whether the server took it. */
  rendered(request: RenderedRequest): Promise<boolean> {
    return tellOver(this.#socket, 'rendered', request);
  }

  /** We are writing in a campaign; answers whether the server took it. */
  typing(campaignId: number): Promise<boolean> {
    return tellOver(this.#socket, 'typing', { campaignId });
  }

  unsubscribe(stream: string): void {
    if (this.#socket.connected) this.#socket.emit('unsubscribe', { stream }, () => {});
  }

  /** Gives the socket up, for all tabs, and takes a new one. */
  recycle(): void {
    if (this.#socket.connected) this.#socket.recycle();
    else this.#down();
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('connect', () => {
      this.#failures = 0;
      this.#awayMs = null;
      this.#enter('up');
    });
    socket.on('disconnect', () => this.#down());
    socket.on('connect_error', (data) => void this.#refused(data));
    for (const farewell of ['server:draining', 'auth:expired']) {
      socket.on(farewell, (notice) => {
        this.#awayMs = awayTime(notice);
      });
    }
    socket.on('auth:expiring', () => void this.#refresh());
    socket.on('stream:closed', (notice) => {
      const stream = closedStream(notice);
      if (stream !== null) for (const listener of this.#listeners) listener.onClosed?.(stream);
    });
    socket.onAny((name, payload) => {
      const frame = readFrame(name, payload);
      if (frame !== null) for (const listener of this.#listeners) listener.onFrame(frame);
    });
  }

  async #authenticate(send: (auth: object) => void): Promise<void> {
    this.#lastToken = await this.#credentials.token().catch(() => {
      this.#signInLater();
      return null;
    });
    send(this.#lastToken === null ? {} : { token: this.#lastToken });
  }

  /** A token could not be had just now: one reads as a stranger until it can. */
  #signInLater(): void {
    this.#clock.after(backoff.capMs, async () => {
      if (this.#lastToken !== null) return;
      const token = await this.#credentials.token().catch(() => this.#signInLater());
      if (token && this.#socket.connected) this.#use(token);
    });
  }

  async #refused(data: unknown): Promise<void> {
    this.#awayMs = awayTime(data);
    if (this.#lastToken !== null && isAboutToken(data)) {
      await this.#credentials.renew(this.#lastToken).catch(() => null);
    }
    this.#down();
  }

  async #refresh(): Promise<void> {
    const token = await this.#credentials.renew(this.#lastToken ?? '').catch(() => null);
    if (token !== null && this.#socket.connected) this.#use(token);
  }

  #use(token: string): void {
    this.#lastToken = token;
    this.#socket.emit('auth:refresh', { token }, () => {});
  }

  #down(): void {
    if (this.#life.signal.aborted) return;
    if (!navigator.onLine) {
      this.#offline();
      return;
    }
    this.#enter('down');
    const wait = this.#awayMs ?? backoffMs(backoff, this.#failures++, this.#clock.random);
    this.#awayMs = null;
    this.#retryAfter(wait);
  }

  #online(): void {
    if (this.#socket.connected) return;
    this.#enter('down');
    this.#failures = 0;
    this.#retryAfter(this.#clock.random() * 300);
  }

  #offline(): void {
    this.#cancelRetry?.();
    this.#enter('offline');
    this.#socket.disconnect();
  }

  #retryAfter(ms: number): void {
    this.#cancelRetry?.();
    this.#cancelRetry = this.#clock.after(ms, () => this.#socket.connect());
  }

  #enter(phase: ConnectionPhase): void {
    if (this.#phase === phase) return;
    this.#phase = phase;
    for (const listener of this.#listeners) listener.onPhase(phase);
  }
}
