/**
 * Subscribing without a gap and without an overlap:
 *   1. admit: may this person read the stream (asked at each subscribe)
 *   2. join:  the socket gets the stream's packets from here on, but they are held back
 *   3. read:  position, missed events and states, in one snapshot
 *   4. answer, then release what was held back and is newer than the snapshot
 */
import type { Socket } from 'socket.io';
import type { LogFrame, StateFrame, SubscribeAnswer, SubscribeRequest } from '../contract/live.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Pool } from '../platform/db.ts';
import { Refusal } from '../platform/refusal.ts';
import { writePacket } from './packet.ts';
import { type OpenedStream, openStream } from './position.ts';
import type { Room, Subscription } from './room.ts';
import type { Rooms } from './rooms.ts';
import type { StreamKind } from './stream-kind.ts';

const maxStreams = 100;
const maxReads = 10;

interface SubscribeContext {
  socket: Socket;
  who: Principal | null;
  /** Of the token that is valid now: a socket may be given one later. */
  userId: () => number | null;
  mine: Map<string, Subscription>;
  rooms: Rooms;
  pool: Pool;
  kinds: StreamKind[];
}

/** Answers by `reply`, so that what was held back leaves after the answer and not before. */
export async function subscribe(
  context: SubscribeContext,
  { stream, epoch, seq }: SubscribeRequest,
  reply: (answer: SubscribeAnswer) => void,
): Promise<SubscribeAnswer['mode']> {
  const { socket, userId, mine, rooms, pool } = context;
  const present = mine.get(stream);
  if (!present && mine.size >= maxStreams) throw new Refusal('too_many_streams');
  const subscription: Subscription = present ?? {
    subscriber: {
      userId,
      send: (packet, onFlushed) => writePacket(socket, packet, onFlushed),
      close: () => socket.conn.close(),
    },
    seq: null,
    held: [],
  };
  const undo = () => {
    mine.delete(stream);
    rooms.leave(stream, subscription);
  };

  try {
    await admit(context, stream);
    subscription.seq = null;
    mine.set(stream, subscription);
    const room = await rooms.join(stream, subscription);
    const opened = await openAt(room, pool, { stream, epoch, seq });
    if (!socket.connected) undo();
    reply({
      ok: true,
      stream,
      epoch: opened.epoch,
      seq: opened.head,
      mode: opened.mode,
      events: opened.events.map((text) => JSON.parse(text) as LogFrame),
      state: opened.states.map((text) => JSON.parse(text) as StateFrame),
    });
    room.release(subscription, opened.head);
    return opened.mode;
  } catch (error) {
    undo();
    throw error;
  }
}

/**
 * Of two who open a room at once, the later snapshot may start it; the earlier one would then miss what lies between,
 * and is read again. One that stays behind is of a database that went back in time; the room is closed when that is
 * noticed.
 */
async function openAt(room: Room, pool: Pool, { stream, epoch, seq }: SubscribeRequest): Promise<OpenedStream> {
  for (let reads = 0; reads < maxReads; reads++) {
    const opened = await openStream(pool, stream, epoch, seq);
    if (!opened) throw new Refusal('not_found');
    room.startAt(opened.epoch, opened.head, opened.version);
    const { head, version } = room.startedAt;
    if (opened.epoch !== room.epoch || (opened.head >= head && opened.version >= version)) return opened;
  }
  throw new Refusal('unavailable');
}

async function admit({ kinds, who }: SubscribeContext, stream: string): Promise<void> {
  for (const kind of kinds) {
    const match = kind.pattern.exec(stream);
    if (!match) continue;
    const refusal = await kind.admit(match[1] ?? '', who);
    if (refusal) throw new Refusal(refusal);
    return;
  }
  throw new Refusal('invalid_stream');
}
