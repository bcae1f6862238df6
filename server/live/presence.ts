/**
 * How many watch a campaign and how many are typing in it: numbers, never who. A viewer is a socket, on whichever node.
 *   1. announce: each node reports its own numbers on the stream's channel: when they change, every three seconds, and
 *                when it hears of a node it did not know, which may not know them
 *   2. hear:     the other nodes' numbers count until they are ten seconds old, so that a killed node's viewers go
 *   3. show:     the sum, at once when it was quiet, else once a second. Again a little sooner than a quiet stream's head
 *                would be told by itself, which the frame does as well, so that who came as another left has it too
 * While the bus is down each node comes to show its own numbers.
 */
import { startLoop } from '../platform/background-loop.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Bus } from '../relay/bus.ts';
import { announceEveryMs, type Numbers, PresenceBoard } from './presence-board.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import { Typists } from './typists.ts';

const everyMs = 400;
const showEveryMs = 1_000;
const beatMs = 1_150;
const prefix = 'campaign:';

export interface Presence {
  typing(socketId: string, campaignId: number): void;
  gone(socketId: string): void;
  /** Sockets that watch a campaign, of all nodes as far as this one hears them: of campaigns that are watched here. */
  viewers(campaignId: number): number;
  /** Tells the other nodes that nobody is here any more. */
  stop(): Promise<void>;
}

interface PresenceOptions {
  rooms: Rooms;
  bus: Bus;
  /** Of this process among those of the bus. */
  node: string;
  log: Log;
  metrics: Metrics;
}

interface Told extends Numbers {
  at: number;
}

export function startPresence({ rooms, bus, node, log, metrics }: PresenceOptions): Presence {
  const announced = new Map<string, Told>();
  const shown = new Map<string, Told>();
  const typists = new Typists();
  const board = new PresenceBoard();
  // Of all nodes' clocks the one that is furthest ahead, as far as we have heard.
  let aheadMs = 0;
  let version = 0;

  bus.onReport((report) => {
    if (report.class !== 'presence' || report.node === node || !rooms.get(report.stream)) return;
    aheadMs = Math.max(aheadMs, report.clock - Date.now());
    if (board.hear(report, performance.now())) announced.delete(report.stream);
  });

  const report = (stream: string, numbers: Numbers) =>
    bus.report({ class: 'presence', stream, node, ...numbers, clock: Date.now() + aheadMs });
  const announce = (stream: string, own: Numbers, now: number) => {
    const before = announced.get(stream);
    if (before && sameNumbers(before, own) && now - before.at < announceEveryMs) return;
    announced.set(stream, { ...own, at: now });
    report(stream, own);
  };
  const show = (room: Room, all: Numbers, now: number) => {
    const before = shown.get(room.stream);
    const pause = before && sameNumbers(before, all) ? beatMs : showEveryMs;
    if (before && now - before.at < pause) return;
    shown.set(room.stream, { ...all, at: now });
    version = Math.max(version + 1, Date.now() + aheadMs);
    room.accept({
      class: 'state',
      stream: room.stream,
      name: 'campaign:presence',
      key: '',
      version,
      at: new Date().toISOString(),
      data: JSON.stringify({ campaignId: Number(room.stream.slice(prefix.length)), ...all }),
    });
  };
  const leave = (stream: string) => {
    shown.delete(stream);
    announced.delete(stream);
    report(stream, { viewers: 0, typing: 0 });
  };

  const work = async () => {
    const now = performance.now();
    typists.forgetStopped(now);
    metrics.presenceHeard.set(board.sweep(now, (stream) => rooms.get(stream) !== undefined));
    for (const room of rooms.all()) {
      if (!room.stream.startsWith(prefix)) continue;
      const own = { viewers: room.subscriptions.size, typing: typists.in(room.stream) };
      const others = board.others(room.stream);
      announce(room.stream, own, now);
      show(room, { viewers: own.viewers + others.viewers, typing: own.typing + others.typing }, now);
    }
    for (const stream of shown.keys()) if (!rooms.get(stream)) leave(stream);
  };
  const loop = startLoop({ name: 'presence', everyMs, log, work });

  return {
    typing: (socketId, campaignId) => typists.typed(`${prefix}${campaignId}`, socketId, performance.now()),
    gone: (socketId) => typists.gone(socketId),
    viewers: (campaignId) => {
      const room = rooms.get(`${prefix}${campaignId}`);
      return room ? room.subscriptions.size + board.others(room.stream).viewers : 0;
    },
    async stop() {
      await loop.stop();
      for (const stream of [...shown.keys()]) leave(stream);
    },
  };
}

const sameNumbers = (a: Numbers, b: Numbers) => a.viewers === b.viewers && a.typing === b.typing;
