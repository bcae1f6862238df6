import { startLoop } from '../platform/background-loop.ts';
import type { Log } from '../platform/log.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import { Typists } from './typists.ts';

const everyMs = 1_000;
const beatMs = 2_000;
const prefix = 'campaign:';

/**
 * How many watch a campaign and how many are typing in it: numbers, never who. The frame also beats a quiet stream's head
 * every two seconds, so that a client which missed an event learns of it.
 */
export interface Presence {
  typing(socketId: string, campaignId: number): void;
  gone(socketId: string): void;
  stop(): Promise<void>;
}

interface Shown {
  viewers: number;
  typing: number;
  at: number;
}

export function startPresence(rooms: Rooms, log: Log): Presence {
  const shown = new Map<string, Shown>();
  const typists = new Typists();
  let version = Date.now();

  const show = (room: Room, now: number) => {
    const viewers = room.subscriptions.size;
    const typing = typists.in(room.stream);
    const before = shown.get(room.stream);
    if (before && before.viewers === viewers && before.typing === typing && now - before.at < beatMs) return;
    shown.set(room.stream, { viewers, typing, at: now });
    version = Math.max(version + 1, now);
    const campaignId = Number(room.stream.slice(prefix.length));
    room.accept({
      class: 'state',
      stream: room.stream,
      name: 'campaign:presence',
      key: '',
      version,
      at: new Date(now).toISOString(),
      data: JSON.stringify({ campaignId, viewers, typing }),
    });
  };

  const work = async () => {
    const now = Date.now();
    typists.forgetStopped(now);
    for (const room of rooms.all()) if (room.stream.startsWith(prefix)) show(room, now);
    for (const stream of shown.keys()) if (!rooms.get(stream)) shown.delete(stream);
  };
  const loop = startLoop({ name: 'presence', everyMs, log, work });

  return {
    typing: (socketId, campaignId) => typists.typed(`${prefix}${campaignId}`, socketId, Date.now()),
    gone: (socketId) => typists.gone(socketId),
    stop: loop.stop,
  };
}
