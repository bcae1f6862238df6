/*
 * Many light clients of one stream in one process. Each keeps a position, comes back by itself with jitter, and holds the
 * server to it: the answer and every event after it have to be the next ones. What the events say is others' to compare.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openWebSocket, type WebSocketClient } from '../bench/web-socket.ts';
import type { Position, Violation } from './history.ts';

export interface Crowd {
  /** Cuts each one once within `spreadMs`; resolves when all are cut. */
  cut(spreadMs: number): Promise<void>;
  /** Of each cut, in ms: until the answer was there that brought all that was missed. */
  recoveries(): number[];
  violations(head: number): Violation[];
  close(): void;
}

const atOnce = 50;
const openedWithin = 60_000;

/** Resolves when all have subscribed. */
export async function openCrowd(ports: number[], stream: string, count: number): Promise<Crowd> {
  const clients: Client[] = [];
  const end = performance.now() + openedWithin;
  while (clients.length < count) {
    const size = Math.min(atOnce, count - clients.length);
    for (let n = 0; n < size; n++) clients.push(new Client(ports[clients.length % ports.length] ?? 0, stream));
    while (!clients.every((client) => client.follows) && performance.now() < end) await sleep(10);
  }
  return {
    async cut(spreadMs) {
      await Promise.all(
        clients.map(async (client) => {
          await sleep(Math.random() * spreadMs);
          client.cut();
        }),
      );
    },
    recoveries: () => clients.flatMap((client) => client.recoveries),
    violations: (head) => clients.flatMap((client, n) => client.violations(`light client ${n}`, head)),
    close() {
      for (const client of clients) client.close();
    },
  };
}

const logged = /^42\["[a-z:]+",\{"stream":"[^"]+","epoch":"([^"]+)","seq":(\d+)/;
/** As the client library waits before its first attempt, and somewhat less after that. */
const backoff = () => 200 + Math.random() * 200;

class Client {
  readonly recoveries: number[] = [];
  follows = false;
  readonly #port: number;
  readonly #stream: string;
  readonly #found: [Violation['kind'], string][] = [];
  #socket: WebSocketClient | null = null;
  #position: Position | null = null;
  #cutAt: number | null = null;
  #closed = false;

  constructor(port: number, stream: string) {
    this.#port = port;
    this.#stream = stream;
    this.#connect();
  }

  cut(): void {
    this.#cutAt ??= performance.now();
    this.#socket?.close();
  }

  close(): void {
    this.#closed = true;
    this.#socket?.close();
  }

  violations(who: string, head: number): Violation[] {
    const seq = this.#position?.seq ?? 0;
    const behind: [Violation['kind'], string][] = seq === head ? [] : [['ends behind', `has ${seq} of ${head}`]];
    return [...this.#found, ...behind].map(([kind, what]) => ({ kind, who, what }));
  }

  #connect(): void {
    const socket = openWebSocket({
      port: this.#port,
      path: '/socket.io/?EIO=4&transport=websocket',
      onText: (packet) => this.#socket === socket && this.#take(packet, socket),
      onClose: () => {
        this.follows = false;
        if (!this.#closed) setTimeout(() => this.#closed || this.#connect(), backoff());
      },
    });
    this.#socket = socket;
  }

  #take(packet: Buffer, socket: WebSocketClient): void {
    const type = packet.toString('latin1', 0, 2);
    if (type === '42') this.#event(packet);
    else if (type === '2') socket.send('3');
    else if (type.startsWith('0')) socket.send('40');
    else if (type === '40')
      socket.send(`420${JSON.stringify(['subscribe', { stream: this.#stream, ...this.#position }])}`);
    else if (type === '43') this.#answer(JSON.parse(packet.toString().slice(3))[0], socket);
  }

  #answer(
    answer: { ok: boolean; mode: string; epoch: string; seq: number; events: Position[] },
    socket: WebSocketClient,
  ) {
    if (!answer.ok) return socket.close(); // and comes back
    const { mode, epoch, seq, events } = answer;
    if (mode === 'reset') this.#found.push(['reset', `at ${this.#position?.seq}`]);
    const from = this.#position?.seq ?? seq;
    const brought = events.map((event) => event.seq);
    if (brought.length !== seq - from || brought.some((one, n) => one !== from + 1 + n)) {
      this.#found.push(['false answer', `${mode} from ${from} to ${seq} with ${brought.length} events`]);
    }
    this.#position = { epoch, seq };
    this.follows = true;
    if (this.#cutAt !== null) this.recoveries.push(performance.now() - this.#cutAt);
    this.#cutAt = null;
  }

  #event(packet: Buffer): void {
    const match = logged.exec(packet.toString('latin1', 0, 200));
    if (match === null) return;
    const [seq, at] = [Number(match[2]), this.#position?.seq ?? Number.NaN];
    if (seq !== at + 1) this.#found.push([seq > at ? 'gap' : 'duplicate', `${seq} after ${at}`]);
    this.#position = { epoch: match[1] ?? '', seq };
  }
}
