import { setTimeout as sleep } from 'node:timers/promises';
import { msOfIso, nowMs } from './clock.ts';
import { type Connection, openConnection } from './keep-alive.ts';
import { type Quantiles, quantilesOf } from './statistics.ts';
import { type Greeting, subscribe } from './subscriber.ts';

/** A reply to reader `reader` as a server that is asked `path` takes it. */
export interface ReplyTo {
  path: string;
  token: string;
  body: object;
}

export interface NotifiedSide {
  name: string;
  port: number;
  greetings: Greeting[];
  reply(reader: number, nth: number): ReplyTo;
  /** Which of a reader's replies a packet tells of: all up to the count it says; null: none. */
  upTo(packet: Buffer, heard: number): number | null;
  /** When the row was written, from the body of the answer. */
  at(body: Buffer): string;
}

export interface NotifiedRound {
  fromAt: Quantiles;
  written: number;
  lost: number;
}

/** Tells each reader in turn, `aSecond` in all, and measures from the row to the socket; `told` is kept over the rounds. */
export async function measureNotified(side: NotifiedSide, told: number[], aSecond: number, seconds: number) {
  const heard: number[][] = side.greetings.map(() => []);
  const clients = await Promise.all(
    side.greetings.map((greeting, reader) => {
      const hear = (packet: Buffer) => {
        const times = heard[reader] ?? [];
        const count = side.upTo(packet, times.length);
        const now = nowMs();
        for (let nth = 0; count !== null && nth <= count; nth++) times[nth] ??= now;
      };
      return subscribe(side.port, greeting, hear, () => {});
    }),
  );
  const from = [...told];
  const idle: Connection[] = [];
  const rows: Promise<{ reader: number; nth: number; at: number }>[] = [];
  const start = performance.now();
  for (let number = 0; number < aSecond * seconds; number++) {
    await sleep(Math.max(0, start + (number * 1_000) / aSecond - performance.now()));
    const reader = number % told.length;
    const nth = told[reader] ?? 0;
    told[reader] = nth + 1;
    const connection = idle.pop() ?? (await openConnection(side.port));
    rows.push(write(side, connection, { reader, nth }).finally(() => idle.push(connection)));
  }
  const written = await Promise.all(rows);
  const missing = () => written.filter(({ reader, nth }) => heard[reader]?.[nth] === undefined);
  for (const end = performance.now() + 5_000; missing().length > 0 && performance.now() < end; ) await sleep(20);
  for (const client of [...clients, ...idle]) client.close();
  const times = written.filter(({ reader, nth }) => nth >= (from[reader] ?? 0) && heard[reader]?.[nth] !== undefined);
  return {
    fromAt: quantilesOf(Float64Array.from(times, ({ reader, nth, at }) => (heard[reader]?.[nth] ?? 0) - at)),
    written: written.length,
    lost: missing().length,
  } satisfies NotifiedRound;
}

async function write(side: NotifiedSide, connection: Connection, { reader, nth }: { reader: number; nth: number }) {
  const { path, token, body } = side.reply(reader, nth);
  const text = JSON.stringify(body);
  const { status, body: answer } = await connection.request(
    `POST ${path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
  if (status !== 201) throw new Error(`a reply was answered ${status}: ${answer.toString().slice(0, 300)}`);
  return { reader, nth, at: msOfIso(side.at(answer)) };
}
