import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEventFrame, StateOfFrame } from '../relay/frame.ts';
import type { Packet } from './packet.ts';
import { type ReadMissed, Room, type Subscription } from './room.ts';

const event = (seq: number): LogEventFrame => ({
  class: 'log',
  stream: 'campaign:1',
  epoch: 'e',
  seq,
  name: 'comment:created',
  at: '2026-01-01T00:00:00.000000Z',
  data: `{"n":${seq}}`,
});
const likes = (version: number): StateOfFrame => ({
  class: 'state',
  stream: 'campaign:1',
  name: 'campaign:counters',
  key: '',
  version,
  at: '2026-01-01T00:00:00.000000Z',
  data: `{"likes":${version}}`,
});

/** A room over a database that holds the events 1 … `logged`. */
function roomWith(logged: number, start = 0) {
  const readMissed: ReadMissed = async (_stream, seq) =>
    Array.from({ length: Math.max(0, logged - seq) }, (_, n) => event(seq + n + 1));
  const room = new Room('campaign:1', readMissed);
  const packets: { seq: number; version?: number }[] = [];
  const send = (packet: Packet) => packets.push(JSON.parse(packet.text.slice(1))[1]);
  const subscription: Subscription = { subscriber: { send, close: () => {} }, seq: null, held: [] };
  room.subscriptions.add(subscription);
  room.startAt('e', start, 0);
  return { room, subscription, packets, seqs: () => packets.filter((packet) => !packet.version).map(({ seq }) => seq) };
}

describe('a room', () => {
  it('delivers each event once, in order, whatever comes twice, late or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }), async (arrivals) => {
        const { room, subscription, seqs } = roomWith(30);
        room.release(subscription, 0);
        for (const seq of arrivals) room.accept(event(seq));
        await room.reach(30);
        expect(seqs()).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
      }),
    );
  });

  it('reads from the database what was lost on the way, before what came after it', async () => {
    const { room, subscription, seqs } = roomWith(5);
    room.release(subscription, 0);
    room.accept(event(1));
    room.accept(event(4));
    await room.reach(4);
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
  });

  it('holds packets back until the answer is out, and then sends only what is newer', () => {
    const { room, subscription, seqs } = roomWith(9, 3);
    for (const seq of [4, 5, 6]) room.accept(event(seq));
    expect(seqs()).toEqual([]);
    room.release(subscription, 5);
    expect(seqs()).toEqual([6]);
  });

  it('drops a state that is not newer than the one it sent', () => {
    const { room, subscription, packets } = roomWith(0);
    room.release(subscription, 0);
    for (const version of [3, 2, 3, 5, 4]) room.accept(likes(version));
    expect(packets.map((packet) => packet.version)).toEqual([3, 5]);
  });

  it('stamps a state with the seq it has delivered, so that whoever has less knows', () => {
    const { room, subscription, packets } = roomWith(2);
    room.release(subscription, 0);
    room.accept(event(1));
    room.accept(likes(1));
    expect(packets.at(-1)).toMatchObject({ version: 1, seq: 1 });
  });

  it('keeps where its delivery began, so that a position read before that is read again', () => {
    const { room } = roomWith(20, 20);
    room.startAt('e', 10, 0);
    expect(room).toMatchObject({ head: 20, startedAt: 20 });
  });
});
