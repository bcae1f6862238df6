import { describe, expect, it } from 'vitest';
import { createLog } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { createBatchWriter } from './batch-writer.ts';

type Send = (items: number[]) => Promise<string[]>;

function writerOf(
  send: Send,
  options: { maxQueue?: number; maxBatch?: number; deadlineMs?: number; keysOf?: (item: number) => string[] } = {},
) {
  const batches: number[][] = [];
  const writer = createBatchWriter<number, string>({
    name: 'test',
    send: (items) => {
      batches.push(items);
      return send(items);
    },
    keysOf: () => [],
    groupOf: (item) => String(item % 10),
    maxQueue: 1_000,
    log: createLog('silent'),
    metrics: createMetrics(),
    ...options,
  });
  return { writer, batches };
}

/** A database that answers when it is told to. */
function heldDatabase() {
  const gates: (() => void)[] = [];
  const send: Send = async (items) => {
    await new Promise<void>((resolve) => gates.push(resolve));
    return items.map(String);
  };
  return { send, answerAll: () => gates.splice(0).map((open) => open()) };
}

/** The end of the next turn of the event loop: whatever was to start in this one has. */
const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

const failing = (code: string) => Object.assign(new Error(code), { code });
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('the group-commit writer', () => {
  it('sends a lone item at once and gives it its own outcome', async () => {
    const { writer, batches } = writerOf(async (items) => items.map((item) => `row ${item}`));
    expect(await writer.write(7)).toBe('row 7');
    expect(batches).toEqual([[7]]);
  });

  it('takes all that waits when a slot is free, and never has more than two batches in flight', async () => {
    const { send, answerAll } = heldDatabase();
    const { writer, batches } = writerOf(send);
    const all = [writer.write(0)];
    await turn();
    all.push(...numbers(20).map((n) => writer.write(n + 1)));
    await turn();
    all.push(...numbers(300).map((n) => writer.write(n + 21)));
    await turn();
    expect(batches.map((batch) => batch.length)).toEqual([1, 20]);
    answerAll();
    await all[0];
    await turn();
    expect(batches.map((batch) => batch.length)).toEqual([1, 20, 300]);
    answerAll();
    expect(await Promise.all(all)).toEqual(numbers(321).map(String));
  });

  it('does not start a second batch for a few rows: they go with the next one', async () => {
    const { send, answerAll } = heldDatabase();
    const { writer, batches } = writerOf(send);
    const first = writer.write(0);
    await turn();
    const few = numbers(15).map((n) => writer.write(n + 1));
    await turn();
    expect(batches.map((batch) => batch.length)).toEqual([1]);
    answerAll();
    await first;
    await turn();
    expect(batches.map((batch) => batch.length)).toEqual([1, 15]);
    answerAll();
    await Promise.all(few);
  });

  it('never puts more than the maximum into a batch', async () => {
    const { writer, batches } = writerOf(async (items) => items.map(String), { maxBatch: 10 });
    await Promise.all(numbers(35).map((n) => writer.write(n)));
    expect(batches.flat()).toEqual(numbers(35));
    expect(Math.max(...batches.map((batch) => batch.length))).toBe(10);
  });

  it('keeps items with a common key out of one batch, and loses none of them', async () => {
    const { writer, batches } = writerOf(async (items) => items.map(String), { keysOf: (item) => [`key ${item % 3}`] });
    const outcomes = await Promise.all(numbers(9).map((n) => writer.write(n)));
    expect(outcomes).toEqual(numbers(9).map(String));
    for (const batch of batches) expect(new Set(batch.map((item) => item % 3)).size).toBe(batch.length);
  });

  it('lets one poisonous item fail alone: its neighbours are written', async () => {
    const { writer } = writerOf(async (items) => {
      if (items.includes(13)) throw new Error('poison');
      return items.map(String);
    });
    const outcomes = await Promise.allSettled(numbers(40).map((n) => writer.write(n)));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(outcomes[13]).toMatchObject({ status: 'rejected', reason: new Error('poison') });
  });

  it.each(['40P01', '40001', '57P01', 'ECONNRESET'])('sends a batch again after %s', async (code) => {
    let failures = 3;
    const { writer } = writerOf(async (items) => {
      if (failures-- > 0) throw failing(code);
      return items.map(String);
    });
    expect(await Promise.all([writer.write(1), writer.write(2)])).toEqual(['1', '2']);
  });

  it('lets a lock that somebody else holds delay its own group alone', async () => {
    let held = true;
    const { writer } = writerOf(async (items) => {
      if (held && items.some((item) => item % 10 === 3)) throw failing('55P03');
      return items.map(String);
    });
    const all = numbers(20).map((n) => writer.write(n));
    const neighbours = all.filter((_, n) => n % 10 !== 3);
    expect(await Promise.all(neighbours)).toHaveLength(18);
    held = false;
    expect(await Promise.all(all)).toEqual(numbers(20).map(String));
  });

  it('starts a further batch beside one that is stuck, for a single row too', async () => {
    const { writer } = writerOf((items) =>
      items.includes(0) ? new Promise(() => {}) : Promise.resolve(items.map(String)),
    );
    void writer.write(0);
    await turn();
    expect(await writer.write(1)).toBe('1');
  });

  it('gives up at the deadline with unavailable, and nothing waits for ever', async () => {
    const { writer } = writerOf(
      async () => {
        throw failing('ECONNREFUSED');
      },
      { deadlineMs: 100 },
    );
    await expect(writer.write(1)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('refuses what does not fit the queue with overloaded, and goes on with the rest', async () => {
    const { send, answerAll } = heldDatabase();
    const { writer } = writerOf(send, { maxQueue: 2 });
    const first = writer.write(0);
    await turn();
    const queued = [writer.write(1), writer.write(2)];
    await expect(writer.write(3)).rejects.toMatchObject({ code: 'overloaded' });
    answerAll();
    await first;
    await turn();
    answerAll();
    expect(await Promise.all(queued)).toEqual(['1', '2']);
  });

  it('commits what it accepted before it stops, and accepts nothing after', async () => {
    const { send, answerAll } = heldDatabase();
    const { writer } = writerOf(send);
    const accepted = numbers(5).map((n) => writer.write(n));
    const stopped = writer.stop();
    await expect(writer.write(9)).rejects.toMatchObject({ code: 'overloaded' });
    answerAll();
    await stopped;
    expect(await Promise.all(accepted)).toEqual(['0', '1', '2', '3', '4']);
  });
});
