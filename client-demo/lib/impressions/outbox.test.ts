import { describe, expect, it } from 'vitest';
import type { ImpressionEvent } from '../../../server/contract/impression.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { memoryStorage } from '../testing/memory-storage.ts';
import { createEventStore } from './event-store.ts';
import { createCarrier, type Delivery, Outbox } from './outbox.ts';

const eventOf = (n: number): ImpressionEvent => ({
  type: 'impression',
  eventId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  campaignId: 1,
  placement: 'widget',
  sessionId: 's1',
});
const numbers = (events: ImpressionEvent[]) => events.map(({ eventId }) => Number(eventId.slice(-12)));

function setUp(storage = memoryStorage(), page = 'one') {
  const clock = new FakeClock();
  const carried: { events: number[]; leaving: boolean }[] = [];
  const answers: Delivery[] = [];
  const outbox = new Outbox({
    carry: async (events, { leaving }) => {
      carried.push({ events: numbers(events), leaving });
      return answers.shift() ?? 'taken';
    },
    store: createEventStore(() => storage, page),
    clock,
    who: () => null,
  });
  return { clock, carried, answers, outbox, storage };
}

describe('events on their way', () => {
  it('gather for half a second and go together', async () => {
    const { outbox, clock, carried, storage } = setUp();
    for (const n of [1, 2, 3]) outbox.add(eventOf(n));
    await clock.pass(499);
    expect(carried).toEqual([]);
    await clock.pass(1);
    expect(carried).toEqual([{ events: [1, 2, 3], leaving: false }]);
    expect(storage.length).toBe(0);
  });

  it('go a hundred at a time, in their order', async () => {
    const { outbox, clock, carried } = setUp();
    for (let n = 0; n < 250; n++) outbox.add(eventOf(n));
    await clock.pass(1_000);
    expect(carried.map(({ events }) => events.length)).toEqual([100, 100, 50]);
    expect(carried.flatMap(({ events }) => events)).toEqual(Array.from({ length: 250 }, (_, n) => n));
  });

  it('go again with the same ids until they are answered, at growing distances', async () => {
    const { outbox, clock, carried, answers } = setUp();
    answers.push('failed', 'failed', 'failed');
    outbox.add(eventOf(1));
    await clock.pass(1_500);
    expect(carried).toHaveLength(2);
    await clock.pass(30_000);
    expect(carried).toEqual(Array(4).fill({ events: [1], leaving: false }));
  });

  it('go at once when the page is left, also those that are not answered, and are kept until they are', async () => {
    const { outbox, clock, carried, answers, storage } = setUp();
    outbox.add(eventOf(1));
    answers.push('failed');
    outbox.leave();
    await clock.pass(0);
    expect(carried).toEqual([{ events: [1], leaving: true }]);
    const next = setUp(storage, 'two');
    await next.clock.pass(500);
    expect(next.carried).toEqual([{ events: [1], leaving: false }]);
    expect(storage.length).toBe(0);
  });

  it('do not wait for ever behind one that the server refuses', async () => {
    const { outbox, clock, carried, answers } = setUp();
    answers.push('refused');
    outbox.add(eventOf(1));
    await clock.pass(500);
    outbox.add(eventOf(2));
    await clock.pass(500);
    expect(carried.map(({ events }) => events)).toEqual([[1], [2]]);
  });

  it('that storage holds in another shape are left out, and a storage that is forbidden does no harm', async () => {
    const storage = memoryStorage();
    storage.setItem('campaign-pulse:impressions:old', JSON.stringify([{ event: { type: 'glance' } }, eventOf(5)]));
    expect(createEventStore(() => storage, 'two').read()).toEqual([{ event: eventOf(5), by: null }]);
    const forbidden = createEventStore(() => {
      throw new Error('denied');
    });
    forbidden.write([{ event: eventOf(1), by: null }]);
    expect(forbidden.read()).toEqual([]);
  });
});

describe('a batch', () => {
  const here = { by: undefined, leaving: false };
  const carry = (status: number, body: unknown = { accepted: 1, duplicates: 0, rejected: [] }) => {
    const requests: RequestInit[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      requests.push(init ?? {});
      return new Response(JSON.stringify(body), { status });
    };
    return {
      requests,
      carrier: createCarrier({ token: async () => 'a.b.c', fetch: fetch as typeof globalThis.fetch }),
    };
  };

  it('is signed, and outlives its page', async () => {
    const { requests, carrier } = carry(202);
    expect(await carrier([eventOf(1)], here)).toBe('taken');
    expect(requests[0]).toMatchObject({ keepalive: true, headers: { authorization: 'Bearer a.b.c' } });
  });

  it.each([
    [400, 'refused'],
    [413, 'refused'],
    [401, 'failed'],
    [429, 'failed'],
    [503, 'failed'],
  ] as const)('answered with %i is %s', async (status, expected) => {
    expect(await carry(status, {}).carrier([eventOf(1)], here)).toBe(expected);
  });

  it('goes by a beacon when the page is left and no fetch can be made', async () => {
    const beacons: Blob[] = [];
    const carrier = createCarrier({
      token: async () => null,
      fetch: () => Promise.reject(new TypeError('no')),
      beacon: (_, body) => beacons.push(body) > 0,
    });
    expect(await carrier([eventOf(1)], { by: undefined, leaving: true })).toBe('failed');
    expect(beacons[0]?.type).toBe('text/plain');
    expect(JSON.parse((await beacons[0]?.text()) ?? '')).toEqual({ events: [eventOf(1)] });
  });
});
