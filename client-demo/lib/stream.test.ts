import { describe, expect, it } from 'vitest';
import type { Frame } from './frames.ts';
import type { Position } from './position.ts';
import type { Asked, StreamPhase } from './sink.ts';
import { Stream } from './stream.ts';
import { FakeClock } from './testing/fake-clock.ts';
import { EPOCH, STREAM } from './testing/world.ts';

const event = (seq: number): Frame => ({ name: 'unknown', stream: STREAM, epoch: EPOCH, seq });
const answered = (mode: 'live' | 'replayed' | 'reset', from: number, to: number): Asked => ({
  mode: 'answered',
  answer: {
    ok: true,
    stream: STREAM,
    epoch: EPOCH,
    seq: to,
    mode,
    events: Array.from({ length: to - from }, (_, n) => ({
      name: 'unknown',
      stream: STREAM,
      epoch: EPOCH,
      seq: from + n + 1,
    })),
    state: [],
  },
});

/** A sink that only counts, and a server that says what it is told to. */
function setUp(answers: (Asked | Promise<Asked>)[], start: Position | null = { epoch: EPOCH, seq: 5 }) {
  const clock = new FakeClock();
  const seen = { asked: [] as unknown[], phases: [] as StreamPhase[], snapshots: 0, deaf: 0, at: start };
  const stream = new Stream({
    stream: STREAM,
    clock,
    sink: {
      position: () => seen.at,
      apply: (frame) => {
        const seq = seen.at?.seq ?? -1;
        if (frame.seq <= seq) return 'dropped';
        if (frame.seq !== seq + 1) return 'gap';
        seen.at = { epoch: EPOCH, seq: frame.seq };
        return 'applied';
      },
      snapshot: async () => {
        seen.snapshots++;
        return () => {
          seen.at = { epoch: EPOCH, seq: 40 };
        };
      },
    },
    ask: async (request) => {
      seen.asked.push(request);
      return (await answers.shift()) ?? { mode: 'silent' };
    },
    onPhase: (phase) => seen.phases.push(phase),
    onDeaf: () => seen.deaf++,
  });
  return { clock, stream, seen };
}

function deferred() {
  let resolve: (asked: Asked) => void = () => {};
  const promise = new Promise<Asked>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('a stream', () => {
  it('applies every state of an answer, however many they are', async () => {
    const head = { name: 'stream:head', stream: STREAM, seq: 5, at: '', data: {} } as const;
    const states = Array.from({ length: 5_000 }, (_, n) => ({ ...head, version: n + 1 }));
    const asked = answered('live', 5, 5);
    if (asked.mode !== 'answered') throw new Error('not an answer');
    const applied: unknown[] = [];
    const stream = new Stream({
      stream: STREAM,
      clock: new FakeClock(),
      sink: {
        position: () => ({ epoch: EPOCH, seq: 5 }),
        apply: (frame) => {
          applied.push(frame);
          return 'applied';
        },
        snapshot: async () => () => {},
      },
      ask: async () => ({ ...asked, answer: { ...asked.answer, state: states } }),
      onPhase: () => {},
      onDeaf: () => {},
    });
    stream.up();
    await expect.poll(() => applied.length).toBe(5_000);
  });

  it('asks from its position and follows after a replay', async () => {
    const { stream, clock, seen } = setUp([answered('replayed', 5, 8)]);
    stream.up();
    await clock.pass(0);
    expect(seen).toMatchObject({
      asked: [{ stream: STREAM, epoch: EPOCH, seq: 5 }],
      at: { seq: 8 },
      phases: ['asking', 'following'],
    });
  });

  it('takes a snapshot after a reset and asks again from there', async () => {
    const { stream, clock, seen } = setUp([answered('reset', 90, 90), answered('live', 40, 40)]);
    stream.up();
    await clock.pass(0);
    expect(seen).toMatchObject({ snapshots: 1, at: { seq: 40 }, phases: ['asking', 'following'] });
    expect(seen.asked).toEqual([5, 40].map((seq) => ({ stream: STREAM, epoch: EPOCH, seq })));
  });

  it('takes a snapshot when an event can not be read', async () => {
    const { stream, clock, seen } = setUp([{ mode: 'unreadable' }, answered('live', 40, 40)]);
    stream.up();
    await clock.pass(0);
    expect(seen).toMatchObject({ snapshots: 1, at: { seq: 40 } });
  });

  it('holds what comes while it asks', async () => {
    const later = deferred();
    const { stream, clock, seen } = setUp([later.promise]);
    stream.up();
    for (const seq of [9, 7, 6]) stream.receive(event(seq));
    await clock.pass(0);
    expect(seen.at).toEqual({ epoch: EPOCH, seq: 5 });
    later.resolve(answered('replayed', 5, 8));
    await clock.pass(0);
    expect(seen).toMatchObject({ at: { seq: 9 }, asked: [{}] });
  });

  it('lets an event that was overtaken come late before it asks again', async () => {
    const { stream, clock, seen } = setUp([answered('live', 5, 5), answered('replayed', 7, 10)]);
    stream.up();
    await clock.pass(0);
    stream.receive(event(7));
    await clock.pass(50);
    stream.receive(event(6));
    await clock.pass(5_000);
    expect(seen).toMatchObject({ at: { seq: 7 }, asked: [{}] });
    stream.receive(event(9));
    await clock.pass(5_000);
    expect(seen).toMatchObject({ at: { seq: 10 }, asked: [{}, { seq: 7 }] });
  });

  it('never asks faster and faster for a head that is never reached', async () => {
    const { stream, clock, seen } = setUp(Array.from({ length: 1_000 }, () => answered('live', 5, 5)));
    stream.up();
    await clock.pass(0);
    stream.receive(event(9));
    await clock.pass(60_000);
    expect(seen.asked.length).toBeGreaterThan(3);
    expect(seen.asked.length).toBeLessThan(25);
  });

  it('asks when nothing has come for long, and less often when it learns nothing by it', async () => {
    const { stream, clock, seen } = setUp(Array.from({ length: 1_000 }, () => answered('live', 5, 5)));
    stream.up();
    await clock.pass(5_000);
    expect(seen.asked).toHaveLength(1);
    await clock.pass(5_000);
    expect(seen.asked).toHaveLength(2);
    await clock.pass(600_000);
    expect(seen.asked.length).toBeLessThan(15);
  });

  it('does not believe an answer that leaves a gap', async () => {
    const { stream, clock, seen } = setUp([answered('replayed', 6, 9), answered('replayed', 5, 9)]);
    stream.up();
    await clock.pass(0);
    expect(seen.phases).toEqual(['asking']);
    await clock.pass(5_000);
    expect(seen).toMatchObject({ at: { seq: 9 }, phases: ['asking', 'following'] });
  });

  it('tells that the connection is deaf after two questions without an answer', async () => {
    const { stream, clock, seen } = setUp([]);
    stream.up();
    await clock.pass(200);
    expect(seen.deaf).toBe(0);
    await clock.pass(2_000);
    expect(seen.deaf).toBeGreaterThan(0);
  });

  it('gives up when it is refused for good, and not when it is told to wait', async () => {
    const { stream, clock, seen } = setUp([
      { mode: 'refused', code: 'rate_limited' },
      { mode: 'refused', code: 'not_found' },
    ]);
    stream.up();
    await clock.pass(60_000);
    expect(seen).toMatchObject({ asked: [{}, {}], phases: ['asking', 'refused'] });
  });

  it('forgets an answer that belongs to an earlier connection', async () => {
    const late = deferred();
    const { stream, clock, seen } = setUp([late.promise]);
    stream.up();
    await clock.pass(0);
    stream.down();
    late.resolve(answered('replayed', 5, 8));
    await clock.pass(1_000);
    expect(seen).toMatchObject({ at: { seq: 5 }, phases: ['asking', 'waiting'] });
  });
});
