import { startLoop } from '../platform/background-loop.ts';
import type { Log } from '../platform/log.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';

const typingMs = 6_000;
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
  /** By stream, then by socket: until when it counts as typing. */
  const typists = new Map<string, Map<string, number>>();
  let version = Date.now();

  const typingIn = (stream: string, now: number): number => {
    const until = typists.get(stream);
    if (!until) return 0;
    for (const [socketId, end] of until) if (end < now) until.delete(socketId);
    if (until.size === 0) typists.delete(stream);
    return until.size;
  };

  const show = (room: Room, now: number) => {
    const viewers = room.subscriptions.size;
    const typing = typingIn(room.stream, now);
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
    for (const room of rooms.all()) if (room.stream.startsWith(prefix)) show(room, now);
    for (const stream of shown.keys()) if (!rooms.get(stream)) shown.delete(stream);
  };
  const loop = startLoop({ name: 'presence', everyMs, log, work });

  return {
    typing(socketId, campaignId) {
      const stream = `${prefix}${campaignId}`;
      const until = typists.get(stream) ?? new Map<string, number>();
      typists.set(stream, until.set(socketId, Date.now() + typingMs));
    },
    gone(socketId) {
      for (const until of typists.values()) until.delete(socketId);
    },
    stop: loop.stop,
  };
}
