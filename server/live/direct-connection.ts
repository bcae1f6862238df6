/**
 * A WebSocket as Socket.IO sees its connections: what its Client and Socket ask of Engine.IO's Socket (read in socket.io
 * 4.8.4, engine.io 6.6.12), and no more. Engine.IO builds one of two emitters, a dozen closures and a timer, so that it
 * may change its transport; this one never does.
 */
import type { IncomingMessage } from 'node:http';
import { type RawData, WebSocket } from 'ws';
import type { Beating, Heartbeat, Pulse } from './heartbeat.ts';

/** Knows its connection, so that all sockets share their listeners. */
export class DirectWebSocket extends WebSocket {
  connection: DirectConnection | null = null;
}

type Listener = (...values: unknown[]) => void;
type Events = 'data' | 'error' | 'close';

export class DirectConnection implements Beating {
  readonly id: string;
  /** The version of Engine.IO's protocol. */
  readonly protocol = 4;
  readonly remoteAddress: string | undefined;
  readonly socket: DirectWebSocket;
  readonly pulse: Pulse;
  /** Until it is admitted. */
  request: IncomingMessage | null;
  readyState: 'open' | 'closed' = 'open';
  readonly #heartbeat: Heartbeat;
  #onData: Listener | null = null;
  readonly #onClose: Listener[] = [];

  constructor(id: string, request: IncomingMessage, socket: DirectWebSocket, heartbeat: Heartbeat) {
    this.id = id;
    this.request = request;
    this.remoteAddress = request.socket.remoteAddress;
    this.socket = socket;
    this.pulse = heartbeat.firstPulse();
    this.#heartbeat = heartbeat;
    socket.connection = this;
    socket.on('message', onMessage);
    socket.on('error', onError);
    socket.on('close', onClose);
    heartbeat.add(this);
  }

  /** It is its own, which ws keeps in order by itself. */
  get transport(): DirectConnection {
    return this;
  }

  get writable(): boolean {
    return true;
  }

  /** Of Engine.IO: what waits for its transport. */
  get writeBuffer(): readonly never[] {
    return nothing;
  }

  /** Socket.IO listens to each and admission to the close; what would be heard as an error comes with the close. */
  on(event: Events, listener: Listener): this {
    if (event === 'data') this.#onData = listener;
    else if (event === 'close') this.#onClose.push(listener);
    return this;
  }

  removeListener(event: Events, listener: Listener): this {
    if (event === 'data') this.#onData = null;
    else if (event === 'close' && this.#onClose.includes(listener))
      this.#onClose.splice(this.#onClose.indexOf(listener), 1);
    return this;
  }

  write(data: string | Buffer, _options?: unknown, onFlushed?: (error?: Error) => void): this {
    if (this.readyState === 'open') this.socket.send(typeof data === 'string' ? `4${data}` : data, onFlushed);
    return this;
  }

  close(): void {
    this.#end('forced close');
  }

  ping(): void {
    this.socket.send('2');
  }

  timedOut(): void {
    this.#end('ping timeout');
  }

  /** The whole time for the answer to a ping again. */
  extendPing(): void {
    this.#heartbeat.excuse(this);
  }

  open(packet: object): void {
    this.socket.send(`0${JSON.stringify(packet)}`);
  }

  received(data: Buffer, isBinary: boolean): void {
    if (this.readyState !== 'open') return;
    const type = isBinary ? types.message : data[0];
    if (type === types.pong) this.#heartbeat.answered(this);
    else this.#heartbeat.spoke(this);
    if (isBinary) this.#onData?.(data);
    // An empty message is none to Engine.IO, and Socket.IO closes for it.
    else if (type === types.message) this.#onData?.(data.length > 1 ? data.toString('utf8', 1) : undefined);
    else if (type === types.base64) this.#onData?.(Buffer.from(data.toString('latin1', 1), 'base64'));
    else if (type === types.ping) this.#end('transport error', new Error('invalid heartbeat direction'));
    else if (!ignored.has(type)) this.#end('parse error');
  }

  failed(error: Error): void {
    this.#end('transport error', error);
  }

  gone(): void {
    this.#end('transport close');
  }

  #end(reason: string, description?: Error): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.#heartbeat.delete(this);
    this.socket.close();
    for (const listener of this.#onClose.splice(0)) listener.call(this, reason, description);
  }
}

const nothing: readonly never[] = [];
const code = (character: string) => character.charCodeAt(0);
const types = { ping: code('2'), pong: code('3'), message: code('4'), base64: code('b') };
/** `open`, `close`, `upgrade` and `noop` mean nothing from a client here. */
const ignored: ReadonlySet<number | undefined> = new Set([types.pong, code('0'), code('1'), code('5'), code('6')]);

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  (this as DirectWebSocket).connection?.received(data as Buffer, isBinary);
}

function onError(this: WebSocket, error: Error): void {
  (this as DirectWebSocket).connection?.failed(error);
}

function onClose(this: WebSocket): void {
  (this as DirectWebSocket).connection?.gone();
}
