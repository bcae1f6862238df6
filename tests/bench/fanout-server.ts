/*
 * One side of `fanout`, a process of its own: SIDE is ours, ws or stock. It sends {port}, and for each {frames, aSecond} it
 * broadcasts so many frames of one text to all its sockets and answers the processor time that took. No database: what is
 * measured is the way from a frame to the kernel.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { createFanouts } from '../../server/live/fanouts.ts';
import { createLiveServer, forgetHandshake } from '../../server/live/live-server.ts';
import { startOutflows } from '../../server/live/outflows.ts';
import { Room, subscriptionOf } from '../../server/live/room.ts';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { createLocalBus } from '../../server/relay/bus.ts';
import type { FanoutOrder, FanoutTime } from './fanout-sides.ts';

type Broadcast = (seq: number) => void;
const stream = 'campaign:1';
const text = 'I did the spring course, and the dome went quiet.';
const at = () => new Date().toISOString();
const http = createServer();

const sides: Record<string, () => Broadcast> = {
  /** The room, the outflow of each socket, and the measuring of each event, as in the server. */
  ours() {
    const log = createLog('silent');
    const metrics = createMetrics();
    const fanouts = createFanouts({
      bus: createLocalBus(),
      clock: { local: () => performance.now() },
      node: 'bench',
      metrics,
    });
    const outflows = startOutflows({ log, metrics });
    const room = new Room(stream, { readMissed: async () => [], measure: fanouts.open });
    room.startAt('e', 0, 0);
    const io = createLiveServer(http, { corsOrigins: [], handshakeTimeoutMs: 10_000, polling: true });
    io.on('connection', (socket) => {
      forgetHandshake(socket);
      socket.on('subscribe', (_request, reply) => {
        room.subscriptions.add(subscriptionOf(outflows.of(socket), room.head));
        (reply as (answer: object) => void)({ ok: true });
      });
    });
    const data = JSON.stringify(text);
    return (seq) => room.accept({ class: 'log', stream, epoch: 'e', seq, name: 'comment:edited', at: at(), data });
  },
  ws() {
    const { WebSocketServer } = createRequire(import.meta.url)('ws'); // Socket.IO's own, without types
    const server = new WebSocketServer({ server: http, perMessageDeflate: false });
    return (seq) => {
      const message = Buffer.from(`42["edited",${JSON.stringify({ stream, epoch: 'e', seq, at: at(), data: text })}]`);
      for (const socket of server.clients) socket.send(message, { binary: false });
    };
  },
  stock() {
    const io = new Server(http, { perMessageDeflate: false });
    io.on('connection', (socket) => {
      socket.on('subscribe', async (_request: unknown, reply: (answer: object) => void) => {
        await socket.join(stream);
        reply({ ok: true });
      });
    });
    return (seq) => void io.to(stream).emit('edited', { stream, epoch: 'e', seq, at: at(), data: text });
  },
};

const broadcast = sides[process.env.SIDE ?? '']?.();
let seq = 0;

process.on('message', async (message) => {
  const { frames, aSecond } = message as FanoutOrder;
  if (frames === undefined) return; // a question of `idle`, which its own flags answer
  const started = performance.now();
  const before = process.cpuUsage();
  for (let frame = 0; frame < frames; frame++) {
    broadcast?.(++seq);
    await sleep(Math.max(0, started + ((frame + 1) * 1_000) / aSecond - performance.now()));
  }
  const { user, system } = process.cpuUsage(before);
  process.send?.({ cpuMicros: user + system } satisfies FanoutTime);
});

http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));
