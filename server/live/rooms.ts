import type { Pool } from '../platform/db.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Bus } from '../relay/bus.ts';
import type { LogEventFrame } from '../relay/frame.ts';
import { readStates } from '../relay/states.ts';
import { Room, type Subscription } from './room.ts';

const missedPage = 1_000;

interface HeadRow {
  stream: string;
  epoch: string;
  head: number;
  version: number;
}

export interface Rooms {
  join(stream: string, subscription: Subscription): Promise<Room>;
  leave(stream: string, subscription: Subscription): void;
  get(stream: string): Room | undefined;
  all(): Iterable<Room>;
  /**
   * Compares every room with the database and reads what is missing. The proof that nothing was lost between the
   * database and this node, and the way events come while there is no relay to bring them.
   * `onVoid` gets rooms whose epoch ended: positions in them mean nothing any more.
   */
  compare(reason: 'check' | 'no heart', onVoid: (room: Room) => void): Promise<void>;
}

/** The streams that sockets of this node subscribed to. */
export function createRooms(pool: Pool, bus: Bus, metrics: Metrics): Rooms {
  const rooms = new Map<string, Room>();
  const watched = new Map<string, Promise<void>>();
  bus.onFrame((frame) => rooms.get(frame.stream)?.accept(frame));

  const readMissed = async (stream: string, seq: number): Promise<LogEventFrame[]> => {
    metrics.repairs.inc({ reason: 'gap' });
    const { rows } = await pool.query<Omit<LogEventFrame, 'class'>>({
      name: 'missed_events',
      text: `select e.stream, s.epoch, e.seq, e.name, iso(e.at) as at, e.data::text as data
             from live_event e join live_stream s on s.stream = e.stream
             where e.stream = $1 and e.seq > $2 order by e.seq limit ${missedPage}`,
      values: [stream, seq],
    });
    return rows.map((row) => ({ class: 'log', ...row }));
  };

  const compareOne = async (room: Room, row: HeadRow, reason: string, onVoid: (room: Room) => void) => {
    if (room.epoch !== row.epoch) return onVoid(room);
    if (room.head !== null && row.head > room.head) {
      metrics.repairs.inc({ reason });
      await room.reach(row.head);
    }
  };

  return {
    async join(stream, subscription) {
      const room = rooms.get(stream) ?? new Room(stream, readMissed);
      room.subscriptions.add(subscription);
      if (!rooms.has(stream)) {
        rooms.set(stream, room);
        watched.set(stream, bus.watch(stream));
      }
      // A position read before the bus listens could miss what comes in between.
      await watched.get(stream);
      return room;
    },
    leave(stream, subscription) {
      const room = rooms.get(stream);
      room?.subscriptions.delete(subscription);
      if (room?.subscriptions.size !== 0) return;
      rooms.delete(stream);
      watched.delete(stream);
      bus.unwatch(stream);
    },
    get: (stream) => rooms.get(stream),
    all: () => rooms.values(),
    async compare(reason, onVoid) {
      const started = [...rooms.values()].filter((room) => room.head !== null);
      if (started.length === 0) return;
      const { rows } = await pool.query<HeadRow>({
        name: 'stream_heads',
        text: 'select stream, epoch, head, version from live_stream where stream = any ($1)',
        values: [started.map((room) => room.stream)],
      });
      const behind: [string, number][] = [];
      for (const row of rows) {
        const room = rooms.get(row.stream);
        if (!room) continue;
        await compareOne(room, row, reason, onVoid);
        if (row.version > room.version) behind.push([row.stream, room.version]);
      }
      for (const frame of await readStates(pool, behind)) rooms.get(frame.stream)?.accept(frame);
      for (const row of rows) rooms.get(row.stream)?.sawVersion(row.version);
    },
  };
}
