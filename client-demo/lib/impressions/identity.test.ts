import { expect, it } from 'vitest';
import type { ImpressionEvent } from '../../../server/contract/impression.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { memoryStorage } from '../testing/memory-storage.ts';
import { createEventStore } from './event-store.ts';
import { createCarrier, Outbox } from './outbox.ts';

const eventOf = (n: number): ImpressionEvent => ({
  type: 'impression',
  eventId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  campaignId: 1,
  placement: 'widget',
  sessionId: 's1',
});
const tokenOf = (user: string) => `h.${btoa(JSON.stringify({ sub: user }))}.s`;

/** A browser in which `user` is signed in and the server is or is not to be reached. */
function browser() {
  const storage = memoryStorage();
  const clock = new FakeClock();
  const sent: { events: number[]; as: string | null }[] = [];
  const state = { user: null as string | null, online: true };
  const fetch = async (_: unknown, init?: RequestInit) => {
    if (!state.online) throw new TypeError('offline');
    const { events } = JSON.parse(String(init?.body)) as { events: ImpressionEvent[] };
    const authorization = new Headers(init?.headers).get('authorization');
    const as = authorization && JSON.parse(atob(authorization.split('.')[1] ?? '')).sub;
    sent.push({ events: events.map(({ eventId }) => Number(eventId.slice(-12))), as });
    return Response.json({ accepted: events.length, duplicates: 0, rejected: [] }, { status: 202 });
  };
  const open = (page: string) =>
    new Outbox({
      carry: createCarrier({
        token: async () => (state.user === null ? null : tokenOf(state.user)),
        fetch: fetch as typeof globalThis.fetch,
        beacon: () => true,
      }),
      store: createEventStore(() => storage, page),
      clock,
      who: () => state.user,
    });
  return { clock, sent, state, open };
}

it('an event that one user left behind is not sent with the token of the next', async () => {
  const { clock, sent, state, open } = browser();
  Object.assign(state, { user: '7', online: false });
  open('one').add(eventOf(1));
  await clock.pass(500);
  Object.assign(state, { user: '8', online: true });
  open('two').add(eventOf(2));
  await clock.pass(60_000);
  expect(sent.filter(({ as }) => as === '8')).toEqual([{ events: [2], as: '8' }]);
  expect(sent.find(({ events }) => events.includes(1))?.as).toBeNull();
});

it('an event that waited is sent as its user’s when that user is there again', async () => {
  const { clock, sent, state, open } = browser();
  Object.assign(state, { user: '7', online: false });
  open('one').add(eventOf(1));
  await clock.pass(500);
  state.online = true;
  open('two');
  await clock.pass(500);
  expect(sent[0]).toEqual({ events: [1], as: '7' });
});

it('on one page, too, each goes as whose it was: signed out as nobody’s', async () => {
  const { clock, sent, state, open } = browser();
  const page = open('one');
  for (const [n, user] of ['7', null, '8'].entries()) {
    state.user = user;
    page.add(eventOf(n + 1));
  }
  await clock.pass(1_000);
  expect(sent).toEqual([
    { events: [1], as: null },
    { events: [2], as: null },
    { events: [3], as: '8' },
  ]);
});

it('what happened before anybody was known on this page is of who is known next', async () => {
  const { clock, sent, state, open } = browser();
  open('one').add(eventOf(1));
  state.user = '7';
  await clock.pass(500);
  expect(sent).toEqual([{ events: [1], as: '7' }]);
});
