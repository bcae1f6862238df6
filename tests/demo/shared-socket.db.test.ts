import { afterEach, beforeAll, expect, it } from 'vitest';
import { createDoor } from '../../client-demo/lib/shared/door.ts';
import type { ToTab } from '../../client-demo/lib/shared/port-messages.ts';
import { TabSocket } from '../../client-demo/lib/shared/tab-socket.ts';
import { liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { socketsOf } from './sockets-of.ts';

let app: TestApp;
let id: number;
let stream: string;
const door = createDoor();
const tabs: TabSocket[] = [];

beforeAll(async () => {
  app = await startApp();
  id = await liveCampaign(app.url);
  stream = `campaign:${id}`;
});
afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.disconnect();
  await sockets(0);
});

const soon = { within: 3_000 };
const sockets = (n: number) => eventually(async () => expect(await socketsOf(app.url)).toBe(n), soon);
const port = () => {
  const { port1, port2 } = new MessageChannel();
  door(port2);
  return { port: port1, alive: null, close: () => port1.close() };
};

/** A tab of this user, connected, with what it was sent. */
async function openTab(userId: number, spans = '1h') {
  const bearer = await token(userId, {}, spans);
  const socket = new TabSocket({
    url: app.url,
    auth: (send) => send({ token: bearer }),
    open: () => Promise.resolve(port()),
  });
  const seen: { name: string; seq: number; text?: string }[] = [];
  socket.onAny((name, payload) => {
    const { seq, data } = payload as { seq: number; data?: { text?: string } };
    seen.push({ name, seq, ...(data?.text !== undefined && { text: data.text }) });
  });
  tabs.push(socket);
  await new Promise((resolve) => {
    socket.on('connect', resolve);
    socket.connect();
  });
  const ask = (name: string, payload: object) => socket.timeout(5_000).emitWithAck(name, payload);
  return { socket, seen, ask };
}
const write = async (text: string) => (await user(app.url, 12, 'Bo'))('POST', `/campaigns/${id}/comments`, { text });

it('tabs of one person use one socket, and another person another', async () => {
  await Promise.all([openTab(11), openTab(11), openTab(11, '2h')]);
  await sockets(1);
  await openTab(12);
  await sockets(2);
});

it('a tab goes on without a gap when the one that came first leaves', async () => {
  const [first, second] = [await openTab(11), await openTab(11)];
  for (const { ask } of [first, second]) expect(await ask('subscribe', { stream })).toMatchObject({ ok: true });
  for (let n = 1; n <= 9; n++) {
    await write(`said ${n}`);
    if (n === 4) first.socket.disconnect();
  }
  const said = () => second.seen.filter(({ name }) => name === 'comment:created');
  await eventually(
    () => expect(said().map(({ text }) => text)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `said ${n}`)),
    soon,
  );
  expect(await socketsOf(app.url)).toBe(1);
});

it('a tab is told the head that another one’s question brought, so that whoever is behind asks', async () => {
  const [first, second] = [await openTab(11), await openTab(11)];
  const { seq } = (await first.ask('subscribe', { stream })) as { seq: number };
  first.seen.length = 0;
  await second.ask('subscribe', { stream, seq: 0 });
  await eventually(() => expect(first.seen).toContainEqual({ name: 'stream:head', seq }), soon);
});

it('a stream is held until the last tab leaves it, and its frames go to those who hold it', async () => {
  const [first, second, third] = [await openTab(11), await openTab(11), await openTab(11)];
  for (const { ask } of [first, second]) await ask('subscribe', { stream });
  await first.ask('unsubscribe', { stream });
  await write('to the second');
  await eventually(() => expect(second.seen).toContainEqual(expect.objectContaining({ text: 'to the second' })), soon);
  for (const { seen } of [first, third]) expect(seen.filter(({ name }) => name === 'comment:created')).toEqual([]);
  await second.ask('unsubscribe', { stream });
  expect(await third.ask('typing', { campaignId: id })).toMatchObject({ error: { code: 'not_found' } });
});

it('the end of a token is told to one tab, whose renewal is everybody’s', async () => {
  const both = [await openTab(11, '40s'), await openTab(11, '40s')] as const;
  const told = () => both.flatMap(({ seen }) => seen.filter(({ name }) => name === 'auth:expiring'));
  await eventually(() => expect(told()).toHaveLength(1), soon);
  expect(await both[0].ask('auth:refresh', { token: await token(11, {}, '1h') })).toEqual({ ok: true });
  await sockets(1);
});

it('a tab whose token becomes another person’s leaves the others’ socket', async () => {
  const [moved, stays] = [await openTab(11), await openTab(11)];
  const left = new Promise((resolve) => moved.socket.on('disconnect', resolve));
  moved.socket.emit('auth:refresh', { token: await token(12) });
  await left;
  expect([moved.socket.connected, stays.socket.connected]).toEqual([false, true]);
});

it('a socket that seems dead is given up for all tabs, and each of them is told', async () => {
  const [one, other] = [await openTab(11), await openTab(11)];
  const told = new Promise((resolve) => other.socket.on('disconnect', resolve));
  one.socket.recycle();
  await told;
  expect([one.socket.connected, other.socket.connected]).toEqual([false, false]);
});

it('a tab that takes nothing is let go before its messages pile up', async () => {
  const { port: raw, close } = port();
  const told: ToTab[] = [];
  const end = new Promise<void>((resolve) => {
    raw.onmessage = ({ data }: MessageEvent<ToTab>) => {
      if (told.push(data) && data.told === 'disconnect') resolve();
    };
  });
  raw.postMessage({ do: 'connect', url: app.url, person: 'nobody', auth: {}, alive: null });
  const nothing = { campaignId: id, shown: [], gone: [] };
  for (let n = 0; n < 5_000; n++) raw.postMessage({ do: 'ask', id: n, name: 'rendered', payload: nothing });
  await end;
  expect(told.length).toBeLessThan(4_200);
  close();
});
