import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createLiveServer, forgetHandshake } from '../../server/live/live-server.ts';
import type { LiveServer, LiveSocket } from '../../server/live/live-socket.ts';
import { eventually } from '../support/poll.ts';

let server: LiveServer;
let port: number;
const http = createServer();
const ended: string[] = [];
const soon = { within: 5_000 };

beforeAll(async () => {
  server = createLiveServer(http, { corsOrigins: [], handshakeTimeoutMs: 5_000, polling: true });
  server.on('connection', (socket) => {
    forgetHandshake(socket);
    socket.onAny((_name, payload: unknown, ack: (answer: unknown) => void) => ack(payload));
    socket.on('disconnect', (reason) => ended.push(reason));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  port = (http.address() as AddressInfo).port;
});
afterAll(() => server.close());

const client = (transports: string[]) => io(`http://127.0.0.1:${port}`, { transports, auth: { token: 'secret' } });
const transportOf = (socket: ReturnType<typeof io>) => socket.io.engine.transport.name;
const onServer = () => [...server.sockets.sockets.values()].at(-1) as LiveSocket;

it('begins with a WebSocket, by long polling, or goes over: all speak, and hear back what they said, bytes too', async () => {
  for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
    const socket = client(transports);
    await eventually(() => expect(socket.connected && transportOf(socket)).toBe(transports.at(-1)), soon);
    expect(await socket.emitWithAck('echo', { text: 'Grüße 🌋' })).toEqual({ text: 'Grüße 🌋' });
    expect(await socket.emitWithAck('echo', { bytes: Buffer.from([0, 255]) })).toEqual({
      bytes: Buffer.from([0, 255]),
    });
    socket.close();
  }
});

it('keeps neither the request nor the token once a client is in', async () => {
  const socket = client(['websocket']);
  await eventually(() => expect(socket.connected).toBe(true), soon);
  expect(onServer().conn.request).toBeNull();
  expect(onServer().handshake.auth).toEqual({});
  socket.close();
});

it('tells why a connection ended', async () => {
  const ways: [string, (socket: ReturnType<typeof io>) => void][] = [
    ['client namespace disconnect', (socket) => socket.disconnect()],
    ['transport close', (socket) => socket.io.engine.close()],
    ['forced close', () => onServer().conn.close()],
    ['server namespace disconnect', () => onServer().disconnect(true)],
    ['transport error', (socket) => socket.emit('echo', 'x'.repeat(100_000))],
  ];
  for (const [reason, end] of ways) {
    const socket = client(['websocket']);
    socket.io.reconnection(false);
    await eventually(() => expect(socket.connected).toBe(true), soon);
    ended.length = 0;
    end(socket);
    await eventually(() => expect(ended).toEqual([reason]), soon);
    socket.close();
  }
});

it('is Engine.IO 4: opens with its times, is closed for a ping or for nonsense, and not for an answer or a noop', async () => {
  const raw = async (says: string[]) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
    const heard: string[] = [];
    socket.on('message', (data) => {
      heard.push(String(data));
      if (heard.length === 1) for (const text of says) socket.send(text);
    });
    const closed = new Promise<string>((resolve) => socket.on('close', () => resolve('closed')));
    await eventually(() => expect(heard.length).toBeGreaterThan(0), soon);
    const outcome = await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 300, 'open'))]);
    socket.terminate();
    return { outcome, first: heard[0] ?? '' };
  };
  const { outcome, first } = await raw(['3', '6', '40']);
  expect(outcome).toBe('open');
  expect(JSON.parse(first.slice(1))).toEqual({
    sid: expect.stringMatching(/^[\w-]{20}$/),
    upgrades: [],
    pingInterval: 20_000,
    pingTimeout: 10_000,
    maxPayload: 65_536,
  });
  for (const nonsense of ['2', 'x', '', '4', '49']) expect((await raw([nonsense])).outcome).toBe('closed');
});

it('leaves to Engine.IO what is no plain handshake', async () => {
  const refusedWith = (query: string) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?${query}`);
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('error', () => {});
      socket.on('close', (code) => resolve(code));
    });
  expect(await refusedWith('EIO=4&transport=websocket&sid=unknown')).toBe(400);
  expect(await refusedWith('EIO=4&transport=pigeon')).toBe(400);
  expect(await refusedWith('EIO=3&transport=websocket')).toBe(1006);
});
