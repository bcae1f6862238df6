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

  const readHeads = async (streams: string[]): Promise<Map<string, HeadRow>> => {
    if (streams.length === 0) return new Map();
    const { rows } = await pool.query<HeadRow>({
      name: 'stream_heads',
      text: 'select stream, epoch, head, version from live_stream where stream = any ($1)',
      values: [streams],
    });
    return new Map(rows.map((row) => [row.stream, row]));
  };

  const catchUp = async (room: Room, head: number, reason: string) => {
    if (head <= (room.head ?? 0)) return;
    metrics.repairs.inc({ reason });
    await room.reach(head);
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
      const found = await readHeads(started.map(({ room }) => room.stream));
      const sound = started.flatMap(({ room, before }) => {
        const row = found.get(room.stream);
        if (row !== undefined && row.epoch === room.epoch && row.head >= before) return { room, row };
        onVoid(room);
        return [];
      });
      const behind = sound.filter(({ room, row }) => row.version > room.version);
      const states = await readStates(
        pool,
        behind.map(({ room }) => [room.stream, room.version]),
      );
      // Read after the heads, a state may tell of events that came since: they leave before it.
      const ahead = states.filter(({ stream, version }) => version > (found.get(stream)?.version ?? 0));
      for (const [stream, row] of await readHeads(ahead.map(({ stream }) => stream))) found.set(stream, row);
      const failed: unknown[] = [];
      await inParts(sound, async ({ room }) => {
        const head = found.get(room.stream)?.head ?? 0;
        try {
          await catchUp(room, head, reason);
          // What follows its head is gone from the log.
          if ((room.head ?? 0) < head && room.subscriptions.size > 0) onVoid(room);
        } catch (error) {
          failed.push(error); // the others go on; the next comparison tries again
        }
      });
      for (const frame of states) rooms.get(frame.stream)?.accept(frame);
      for (const { room, row } of sound) room.sawVersion(row.version);
      if (failed.length > 0) throw failed[0];
    },
  };
}

/** A few at a time. */
async function inParts<T>(things: T[], work: (thing: T) => Promise<void>): Promise<void> {
  const left = things.values();
  const hand = async () => {
    for (const thing of left) await work(thing);
  };
  await Promise.all([hand(), hand()]);
}
