import { once } from 'node:events';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startApp, type TestApp, token } from '../support/app.ts';
import { noticesOf, outcomeOf } from '../support/notices.ts';
import { eventually } from '../support/poll.ts';

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

async function connect(app: TestApp, options: Partial<ManagerOptions & SocketOptions> = {}) {
  const socket = io(app.url, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
  open.push(socket);
  return { socket, notices: noticesOf(socket), outcome: await outcomeOf(socket) };
}

const from = (...addresses: string[]) => ({ extraHeaders: { 'x-forwarded-for': addresses.join(', ') } });
const refused = async (app: TestApp, of: string, code: string) => {
  const metric = await app.metrics.liveRefusals.get();
  return metric.values.find(({ labels }) => labels.of === of && labels.code === code)?.value ?? 0;
};
function rawConnection(app: TestApp, address: string) {
  const url = `${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const webSocket = new WebSocket(url, { headers: { 'x-forwarded-for': address } });
  return { webSocket, opened: once(webSocket, 'message'), closed: once(webSocket, 'close') };
}
const tooMany = {
  code: 'too_many_sockets',
  reconnectInMs: expect.toSatisfy((ms: number) => ms >= 5_000 && ms <= 15_000),
};

describe('sockets of one address', () => {
  it('are bounded, by the address that the trusted proxy saw; one that closes makes room', async () => {
    const app = await startApp({ RATE_LIMITS: 'on', TRUST_PROXY: '1', SOCKETS_PER_ADDRESS: '2' });
    const [first, second] = [await connect(app, from('192.0.2.1')), await connect(app, from('6.6.6.6', '192.0.2.1'))];
    expect([first.outcome.code, second.outcome.code]).toEqual(['connected', 'connected']);
    expect((await connect(app, from('192.0.2.1'))).outcome).toEqual(tooMany);
    expect((await connect(app, from('192.0.2.1', '192.0.2.2'))).outcome.code).toBe('connected');
    expect(await refused(app, 'connect', 'too_many_sockets')).toBe(1);
    first.socket.close();
    await eventually(async () => expect((await connect(app, from('192.0.2.1'))).outcome.code).toBe('connected'), {
      within: 3_000,
    });
  });

  it('count as long as the connection is open, also without a socket on it, and are closed with it', async () => {
    const app = await startApp({ RATE_LIMITS: 'on', TRUST_PROXY: '1', SOCKETS_PER_ADDRESS: '2' });
    const raw = Array.from({ length: 2 }, () => rawConnection(app, '192.0.2.9'));
    await Promise.all(raw.map(({ opened }) => opened));
    expect((await connect(app, from('192.0.2.9'))).outcome).toEqual(tooMany);
    // Joined and left again: nothing is to be had on it any more.
    for (const { webSocket } of raw) for (const packet of ['40', '41']) webSocket.send(packet);
    await Promise.all(raw.map(({ closed }) => closed));
    expect((await connect(app, from('192.0.2.9'))).outcome.code).toBe('connected');
  });

  it('are not counted for this machine itself, whoever a client claims to be', async () => {
    const app = await startApp({ RATE_LIMITS: 'on', SOCKETS_PER_ADDRESS: '1' });
    for (let n = 0; n < 3; n++) expect((await connect(app, from('192.0.2.1'))).outcome.code).toBe('connected');
  });
});

it('sockets of one user are bounded, also when one signs in on an open socket', async () => {
  const app = await startApp({ RATE_LIMITS: 'on', SOCKETS_PER_USER: '2' });
  const auth = { token: await token(7) };
  const held = [await connect(app, { auth }), await connect(app, { auth })];
  expect(held.map(({ outcome }) => outcome.code)).toEqual(['connected', 'connected']);
  expect((await connect(app, { auth })).outcome).toEqual(tooMany);
  const { socket } = await connect(app);
  expect(await socket.emitWithAck('auth:refresh', auth)).toMatchObject({ error: { code: 'too_many_sockets' } });
  expect((await connect(app, { auth: { token: await token(8) } })).outcome.code).toBe('connected');
  held[0]?.socket.close();
  await eventually(async () => expect(await socket.emitWithAck('auth:refresh', auth)).toEqual({ ok: true }), {
    within: 3_000,
  });
});

describe('messages of one socket', () => {
  const codes = (answers: { ok: boolean; error?: { code: string } }[]) =>
    answers.map(({ ok, error }) => (ok ? 'ok' : error?.code));
  const subscribeTimes = (socket: Socket, times: number) =>
    Promise.all(Array.from({ length: times }, () => socket.emitWithAck('subscribe', { stream: 'nothing' })));

  it('are bounded in a second, subscribes tighter, each refusal typed; the next second has its own', async () => {
    const limits = { RATE_LIMIT_SUBSCRIBES: '3/s', RATE_LIMIT_MESSAGES: '5/s' };
    const app = await startApp({ RATE_LIMITS: 'on', ...limits });
    const { socket } = await connect(app);
    const expected = [...Array(3).fill('invalid_stream'), 'rate_limited', 'rate_limited'];
    expect(codes(await subscribeTimes(socket, 5))).toEqual(expected);
    expect(await socket.emitWithAck('unsubscribe', { stream: 'nothing' })).toEqual({
      ok: false,
      error: { code: 'rate_limited', message: 'Too many requests' },
    });
    expect(await refused(app, 'subscribe', 'rate_limited')).toBe(2);
    expect(codes(await subscribeTimes((await connect(app)).socket, 1))).toEqual(['invalid_stream']);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(codes(await subscribeTimes(socket, 1))).toEqual(['invalid_stream']);
  });

  it('are not bounded with RATE_LIMITS=off', async () => {
    const app = await startApp({ RATE_LIMITS: 'off', RATE_LIMIT_SUBSCRIBES: '1/s' });
    expect(codes(await subscribeTimes((await connect(app)).socket, 20))).toEqual(Array(20).fill('invalid_stream'));
  });

  it('that flood in although they are refused close the socket, and hurt nobody else', async () => {
    const app = await startApp({ RATE_LIMITS: 'on', RATE_LIMIT_MESSAGES: '10/s' });
    const [flooding, other] = [await connect(app), await connect(app)];
    for (let n = 0; n < 3_000; n++) flooding.socket.emit('whatever', n);
    expect((await flooding.notices.until('disconnect')).notice).toMatch(/^transport/);
    expect(codes(await subscribeTimes(other.socket, 1))).toEqual(['invalid_stream']);
  });

  it('of more than 64 KB close the socket with the code that WebSockets have for that, and are counted', async () => {
    const app = await startApp();
    const { socket, notices } = await connect(app);
    const closed = new Promise<number>((resolve) => {
      socket.io.engine.on('close', (_reason, details) => {
        resolve(((details as { context?: { code?: number } } | undefined)?.context?.code ?? 0) as number);
      });
    });
    socket.emit('subscribe', { stream: 'x'.repeat(70_000) });
    await notices.until('disconnect');
    expect(await closed).toBe(1009);
    await eventually(async () => expect(await refused(app, 'message', 'body_too_large')).toBe(1), { within: 2_000 });
  });
});

it('a connection that says nothing is closed when the time for a handshake is over', async () => {
  const app = await startApp({ HANDSHAKE_TIMEOUT_MS: '300' });
  const began = performance.now();
  const upgraded = request(`${app.url}/socket.io/?EIO=4&transport=websocket`, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    },
  }).end();
  const [, connection] = (await once(upgraded, 'upgrade')) as [unknown, Duplex];
  // The opcode of a WebSocket's closing frame (RFC 6455, 5.5.1).
  await new Promise<void>((resolve) => connection.on('data', (bytes: Buffer) => bytes[0] === 0x88 && resolve()));
  connection.destroy();
  expect(performance.now() - began).toBeLessThan(3_000);
});
