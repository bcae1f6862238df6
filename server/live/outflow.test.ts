import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEventFrame, StateOfFrame } from '../relay/frame.ts';
import { Outflow } from './outflow.ts';
import { answerPacket, type EngineSocket, logPacket, statePacket } from './packet.ts';

const stream = 'campaign:1';
const at = '2026-01-01T00:00:00.000000Z';
const event = (seq: number, size = 0): LogEventFrame => ({
  class: 'log',
  stream,
  epoch: 'e',
  seq,
  name: 'comment:created',
  at,
  data: JSON.stringify('x'.repeat(size)),
});
const counters = (version: number, key = ''): StateOfFrame => ({
  class: 'state',
  stream,
  name: 'campaign:counters',
  key,
  version,
  at,
  data: '{}',
});

type Written = { data: string; options: { wsPreEncodedFrame: Buffer[] }; callback: (() => void) | undefined };

/** As much of Engine.IO as counts here: what is written while the kernel is full waits; `take` is the kernel's doing. */
class FakeEngine extends EventEmitter {
  readyState = 'open';
  transport = { writable: true, socket: { bufferedAmount: 0, close: () => {}, terminate: () => {} } };
  writeBuffer: Written[] = [];
  flying: Written[] = [];
  /** What the client got, in order. */
  got: string[] = [];

  write(data: string, options: Written['options'], callback?: () => void): void {
    if (this.readyState !== 'open') return;
    this.writeBuffer.push({ data, options, callback });
    this.#flush();
  }

  /** The kernel takes what flies; then the next batch flies. */
  take(): void {
    const taken = this.flying.splice(0);
    this.transport.socket.bufferedAmount = 0;
    for (const { data } of taken) this.got.push(data);
    for (const { callback } of taken) callback?.();
    this.transport.writable = true;
    this.#flush();
  }

  close(): void {
    this.readyState = 'closed';
  }

  #flush(): void {
    if (!this.transport.writable || this.writeBuffer.length === 0) return;
    this.transport.writable = false;
    this.flying = this.writeBuffer.splice(0);
    for (const { options } of this.flying) {
      for (const part of options.wsPreEncodedFrame) this.transport.socket.bufferedAmount += part.length;
    }
  }
}

function outflowWith(bounds = { soft: 1_000, hard: 4_000 }) {
  const engine = new FakeEngine();
  const counts = { conflated: 0, closed: 0, dropped: 0 };
  const outflow = new Outflow({
    conn: engine as unknown as EngineSocket,
    holder: {},
    bounds,
    metrics: {
      conflatedForSocket: { inc: () => void counts.conflated++ },
      slowSocketsClosed: { inc: () => void counts.closed++ },
      droppedPackets: {
        inc(by = 0) {
          counts.dropped += by;
        },
      },
    } as unknown as ConstructorParameters<typeof Outflow>[0]['metrics'],
  });
  const takeAll = () => {
    while (!engine.transport.writable) engine.take();
  };
  const frames = () => engine.got.map((text) => JSON.parse(text.slice(1))[1] as { seq: number; version?: number });
  return { engine, outflow, counts, takeAll, frames };
}

describe('what leaves for a socket', () => {
  it('goes straight through while its client keeps up', () => {
    const { engine, outflow, counts, frames } = outflowWith();
    for (let seq = 1; seq <= 100; seq++) {
      outflow.send(logPacket(event(seq, 300)));
      engine.take();
    }
    expect(frames().map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    expect(counts).toEqual({ conflated: 0, closed: 0, dropped: 0 });
  });

  it('waits beyond the soft bound: every event in order, of each state the newest, and events first', () => {
    const { outflow, counts, takeAll, frames } = outflowWith();
    outflow.send(logPacket(event(1, 1_000)));
    outflow.send(statePacket(counters(1), 1));
    outflow.send(logPacket(event(2)));
    outflow.send(statePacket(counters(2), 2));
    outflow.send(statePacket(counters(3, 'another'), 2));
    takeAll();
    expect(frames().map(({ seq, version }) => version ?? `seq ${seq}`)).toEqual(['seq 1', 'seq 2', 2, 3]);
    expect(counts.conflated).toBe(1);
    outflow.send(statePacket(counters(4), 2));
    takeAll();
    expect(frames().at(-1)?.version).toBe(4);
  });

  it('never tells of an event that is still behind, and loses none and no newest state, however it flows', () => {
    const step = fc.oneof(fc.constant('event'), fc.constant('state'), fc.constant('take'));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { engine, outflow, takeAll, frames } = outflowWith({ soft: 600, hard: 1_000_000 });
        let [seq, version] = [0, 0];
        for (const each of steps) {
          if (each === 'event') outflow.send(logPacket(event(++seq, 50)));
          else if (each === 'state') outflow.send(statePacket(counters(++version), seq));
          else engine.take();
        }
        takeAll();
        let had = 0;
        for (const frame of frames()) {
          if (frame.version === undefined) expect(frame.seq).toBe(++had);
          else expect(frame.seq).toBeLessThanOrEqual(had);
        }
        expect(had).toBe(seq);
        const versions = frames().flatMap((frame) => frame.version ?? []);
        expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
        expect(versions.at(-1) ?? 0).toBe(version);
      }),
    );
  });

  it('beyond the hard bound for half a second closes the socket, once, and gives free what waited', async () => {
    const { engine, outflow, counts } = outflowWith();
    for (let seq = 1; seq <= 20; seq++) outflow.send(logPacket(event(seq, 500)));
    outflow.watch();
    expect([engine.readyState, counts.closed]).toEqual(['open', 0]);
    await sleep(520);
    outflow.watch();
    outflow.watch();
    expect([engine.readyState, counts.closed]).toEqual(['closed', 1]);
    expect(counts.dropped).toBeGreaterThan(3);
  });

  it('takes a burst beyond every bound while its client takes it too', async () => {
    const { outflow, counts, takeAll, frames } = outflowWith();
    for (let burst = 0; burst < 2; burst++) {
      for (let seq = 1; seq <= 50; seq++) outflow.send(logPacket(event(seq, 500)));
      takeAll();
      await sleep(300);
    }
    outflow.watch();
    expect([frames().length, counts.closed]).toEqual([100, 0]);
  });

  it('is not closed for an answer of any size, while what comes meanwhile has its own bound', async () => {
    const { engine, outflow, counts, takeAll } = outflowWith();
    let turns = 0;
    outflow.answer(answerPacket(7, JSON.stringify('x'.repeat(50_000))), () => void turns++);
    outflow.watch();
    for (let seq = 1; seq <= 5; seq++) outflow.send(logPacket(event(seq, 500)));
    outflow.watch();
    expect(await outflow.settled(1)).toBe(false);
    expect({ ...counts, turns, state: engine.readyState }).toMatchObject({ closed: 0, turns: 0, state: 'open' });
    takeAll();
    expect([turns, await outflow.settled(1), engine.got.length]).toEqual([1, true, 6]);
  });

  it('gives the turn of a large answer back when the socket goes away', () => {
    const { outflow } = outflowWith();
    let turns = 0;
    outflow.answer(answerPacket(7, '{}'), () => void turns++);
    outflow.end();
    outflow.end();
    expect(turns).toBe(1);
  });

  it('closes a socket that others filled past it', async () => {
    const { engine, outflow, counts } = outflowWith();
    for (let n = 0; n < 10; n++) engine.write('', { wsPreEncodedFrame: [Buffer.alloc(500)] });
    outflow.watch();
    await sleep(520);
    outflow.watch();
    expect([counts.closed, engine.readyState]).toEqual([1, 'closed']);
  });
});
