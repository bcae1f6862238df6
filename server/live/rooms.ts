import type { Pool } from '../platform/db.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Bus } from '../relay/bus.ts';
import type { LogEventFrame } from '../relay/frame.ts';
import { readStates } from '../relay/states.ts';
import { Room, type RoomParts, type Subscription } from './room.ts';

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
   * `onVoid` gets rooms whose epoch ended, and those whose stream is gone or stands further back than here, as after a
   * restore of the database: positions in them mean nothing any more.
   */
  compare(reason: 'check' | 'no heart', onVoid: (room: Room) => void): Promise<void>;
}

interface RoomsOptions {
  pool: Pool;
  bus: Bus;
  metrics: Metrics;
  measure: RoomParts['measure'];
}

/** The streams that sockets of this node subscribed to. */
export function createRooms({ pool, bus, metrics, measure }: RoomsOptions): Rooms {
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

  const catchUp = async (room: Room, row: HeadRow, reason: string) => {
    if (row.head <= (room.head ?? 0)) return;
    metrics.repairs.inc({ reason });
    await room.reach(row.head);
  };

  return {
    async join(stream, subscription) {
      const room = rooms.get(stream) ?? new Room(stream, { readMissed, measure });
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
      // What a room had before the question is in the answer, unless the database went back.
      const started = [...rooms.values()].flatMap((room) => (room.head === null ? [] : { room, before: room.head }));
      if (started.length === 0) return;
      const { rows } = await pool.query<HeadRow>({
        name: 'stream_heads',
        text: 'select stream, epoch, head, version from live_stream where stream = any ($1)',
        values: [started.map(({ room }) => room.stream)],
      });
      const found = new Map(rows.map((row) => [row.stream, row]));
      const behind: [string, number][] = [];
      const seen = new Map<Room, number>();
      for (const { room, before } of started) {
        const row = found.get(room.stream);
        if (row === undefined || row.epoch !== room.epoch || row.head < before) {
          onVoid(room);
          continue;
        }
        await catchUp(room, row, reason);
        seen.set(room, row.version);
        if (row.version > room.version) behind.push([row.stream, room.version]);
      }
      for (const frame of await readStates(pool, behind)) rooms.get(frame.stream)?.accept(frame);
      for (const [room, version] of seen) room.sawVersion(version);
    },
  };
}
