import { type Loop, startLoop } from '../platform/background-loop.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';

const everyMs = 250;
const quietMs = 1_500;

/**
 * Tells the head of each stream again when no frame has told it for a second and a half. Whoever missed the last event,
 * or a frame that was lost between here and there, then knows within two seconds, on streams of any kind: those of
 * campaigns also have their presence, others may be silent for days.
 */
export function startHeads(rooms: Rooms, log: Log, metrics: Pick<Metrics, 'heads'>): Loop {
  let version = Date.now();
  const beat = (room: Room, now: number) => {
    version = Math.max(version + 1, now);
    room.broadcastState({
      class: 'state',
      stream: room.stream,
      name: 'stream:head',
      key: '',
      version,
      at: new Date(now).toISOString(),
      data: '{}',
    });
    metrics.heads.inc();
  };
  const work = async () => {
    const quietSince = performance.now() - quietMs;
    for (const room of rooms.all()) {
      if (room.head !== null && room.toldHeadAt < quietSince) beat(room, Date.now());
    }
  };
  return startLoop({ name: 'heads', everyMs, log, work });
}
