import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEventFrame, StateOfFrame } from '../relay/frame.ts';
import { Fanout } from './fanout.ts';
import type { Packet } from './packet.ts';
import { type ReadMissed, Room, subscriptionOf } from './room.ts';

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
  const room = new Room('campaign:1', { readMissed, measure: () => undefined });
  const packets: { seq: number; version?: number }[] = [];
  const send = (packet: Packet) => packets.push(JSON.parse(packet.text.slice(1))[1]);
  const subscription = subscriptionOf({ userId: () => null, send, close: () => {} });
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

  it('asks once and no more where its log has a hole, or nobody is left', async () => {
    let reads = 0;
    const readMissed = async () => {
      reads++;
      return [event(2), event(3)];
    };
    const room = new Room('campaign:1', { readMissed, measure: () => undefined });
    const subscription = subscriptionOf({ userId: () => null, send: () => {}, close: () => {} });
    room.startAt('e', 0, 0);
    await room.reach(3);
    expect(reads).toBe(0);
    room.subscriptions.add(subscription);
    await room.reach(3);
    expect([reads, room.head]).toEqual([1, 0]);
  });

  it('gives up holding back for an answer what is more than a socket may have queued', () => {
    const room = new Room('campaign:1', { readMissed: async () => [], measure: () => undefined });
    const sent: Packet[] = [];
    const subscription = subscriptionOf({
      userId: () => null,
      send: (packet) => void sent.push(packet),
      close: () => {},
    });
    room.subscriptions.add(subscription);
    room.startAt('e', 0, 0);
    const large = JSON.stringify('x'.repeat(300_000));
    for (let seq = 1; seq <= 5; seq++) room.accept({ ...event(seq), data: large });
    expect([subscription.held.length, subscription.heldBytes]).toEqual([0, -1]);
    expect(sent).toEqual([]);
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
    expect(room).toMatchObject({ head: 20, startedAt: { head: 20, version: 0 } });
  });

  it('remembers no key whose states were all read and sent, and still drops what is late', () => {
    const { room, subscription, packets } = roomWith(0);
    room.release(subscription, 0);
    for (let comment = 1; comment <= 100; comment++)
      room.accept({ ...likes(comment), name: 'comment:counters', key: String(comment) });
    room.sawVersion(98);
    expect(room.remembered).toBe(2);
    for (const version of [98, 100, 101]) room.accept({ ...likes(version), name: 'comment:counters', key: '100' });
    expect(packets.map((packet) => packet.version).slice(99)).toEqual([100, 101]);
  });
});

describe('the measuring of an event', () => {
  /** A room of sockets of these users; `flush` is the kernel taking what was written. */
  function measuredRoom(users: (number | null)[], author: number | null) {
    const closed: { due: number; reached: number }[] = [];
    const startedAt = performance.now();
    const measure = () =>
      new Fanout({
        startedAt,
        except: author,
        onClosed: ({ due, latencies }) => void closed.push({ due, reached: latencies.count }),
      });
    const room = new Room('campaign:1', { readMissed: async () => [], measure });
    const written: (() => void)[] = [];
    const subscriptions = users.map((user) => {
      const send = (_packet: Packet, onFlushed?: () => void) => void (onFlushed && written.push(onFlushed));
      return subscriptionOf({ userId: () => user, send, close: () => {} }, 0);
    });
    for (const subscription of subscriptions) room.subscriptions.add(subscription);
    room.startAt('e', 0, 0);
    const flush = (most = written.length) => {
      for (const flushed of written.splice(0, most)) flushed();
    };
    return { room, subscriptions, flush, closed };
  }

  it('ends when every socket but the author’s own has taken it', () => {
    const { room, flush, closed } = measuredRoom([null, 7, 8, null, 7], 7);
    room.accept(event(1));
    flush(2);
    expect(closed).toEqual([]);
    flush();
    expect(closed).toEqual([{ due: 3, reached: 3 }]);
  });

  it('ends at once when nobody else is there', () => {
    const { room, closed } = measuredRoom([7], 7);
    room.accept(event(1));
    expect(closed).toEqual([{ due: 0, reached: 0 }]);
  });

  it('waits for a subscriber whose answer is being prepared, and counts it unless the answer had the event', () => {
    for (const [answeredAt, reached] of [
      [0, 2],
      [1, 1],
    ] as const) {
      const { room, subscriptions, flush, closed } = measuredRoom([null, null], null);
      const [late] = subscriptions;
      if (late) late.seq = null;
      room.accept(event(1));
      flush();
      expect(closed).toEqual([]);
      if (late) room.release(late, answeredAt);
      flush();
      expect(closed).toEqual([{ due: reached, reached }]);
    }
  });

  it('that was closed before a slow socket took it counts that socket as due, and no more', () => {
    const closed: object[] = [];
    const fanout = new Fanout({
      startedAt: 0,
      except: null,
      onClosed: ({ due, latencies }) => closed.push({ due, reached: latencies.count }),
    });
    const [quick, slow] = [fanout.to(null), fanout.to(null)];
    quick?.();
    fanout.close();
    slow?.();
    fanout.letGo();
    expect([closed, fanout.to(null)]).toEqual([[{ due: 2, reached: 1 }], undefined]);
  });
});
