/**
 * Subscribing without a gap and without an overlap:
 *   1. settle: what the socket was sent before has left; one that takes nothing gets no further answers
 *   2. admit:  may this person read the stream (asked at each subscribe)
 *   3. join:   the socket gets the stream's packets from here on, but they are held back
 *   4. read:   position, missed events and states, in one snapshot; very much of them in turn with others
 *   5. answer, then release what was held back and is newer than the snapshot
 */
import type { Socket } from 'socket.io';
import type { SubscribeRequest } from '../contract/live.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Pool } from '../platform/db.ts';
import type { Metrics } from '../platform/metrics.ts';
import { Refusal } from '../platform/refusal.ts';
import type { EndTurn } from './large-answers.ts';
import type { Outflow } from './outflow.ts';
import type { Outflows } from './outflows.ts';
import { OwnAnswer } from './own-answer.ts';
import { answerPacket } from './packet.ts';
import { type OpenedStream, openStream } from './position.ts';
import type { Room, Subscription } from './room.ts';
import type { Rooms } from './rooms.ts';
import { admitTo, type StreamKind } from './stream-kind.ts';

const maxStreams = 100;
const maxReads = 10;
/** Events, or states: beyond it an answer is large. */
const mostAtOnce = 1_000;

export interface SubscribeContext {
  socket: Socket;
  who: Principal | null;
  mine: Map<string, Subscription>;
  rooms: Rooms;
  outflows: Outflows;
  pool: Pool;
  kinds: StreamKind[];
  metrics: Pick<Metrics, 'subscribes' | 'replayedEvents' | 'asked'>;
}

/** Answers by `reply`, so that what was held back leaves after the answer and not before. */
export async function subscribe(
  context: SubscribeContext,
  request: SubscribeRequest,
  reply: (answer: OwnAnswer) => void,
): Promise<void> {
  const { socket, mine, rooms, outflows, metrics } = context;
  const { stream } = request;
  const outflow = outflows.of(socket);
  if (!(await outflow.settled())) throw new Refusal('unavailable');
  const present = mine.get(stream);
  if (!present && mine.size >= maxStreams) throw new Refusal('too_many_streams');
  const subscription: Subscription = present ?? { subscriber: outflow, seq: null, held: [] };
  const undo = () => {
    mine.delete(stream);
    rooms.leave(stream, subscription);
  };

  let read: Read | undefined;
  let answered = false;
  try {
    const refusal = await admitTo(context.kinds, stream, context.who);
    if (refusal) throw new Refusal(refusal);
    subscription.seq = null;
    mine.set(stream, subscription);
    const room = await rooms.join(stream, subscription);
    read = await readAt(room, context, request);
    if (!socket.connected) return undo();
    const answer = ownAnswer(outflow, stream, read);
    reply(answer);
    answered = answer.written;
    room.release(subscription, read.opened.head);
    count(metrics, read.opened, request);
  } catch (error) {
    undo();
    throw error;
  } finally {
    if (!answered) read?.endTurn?.();
  }
}

interface Read {
  opened: OpenedStream;
  /** Of a large answer. */
  endTurn: EndTurn | null;
}

/** What is large is read again when it is its turn. */
async function readAt(room: Room, { pool, outflows }: SubscribeContext, request: SubscribeRequest): Promise<Read> {
  const opened = await openAt(room, pool, request, mostAtOnce);
  if (opened.mode !== 'large') return { opened, endTurn: null };
  const endTurn = await outflows.large.turn();
  try {
    return { opened: await openAt(room, pool, request, null), endTurn };
  } catch (error) {
    endTurn();
    throw error;
  }
}

/**
 * Of two who open a room at once, the later snapshot may start it; the earlier one would then miss what lies between,
 * and is read again. One that stays behind is of a database that went back in time; the room is closed when that is
 * noticed.
 */
async function openAt(room: Room, pool: Pool, request: SubscribeRequest, most: number | null): Promise<OpenedStream> {
  for (let reads = 0; reads < maxReads; reads++) {
    const opened = await openStream(pool, request, most);
    if (!opened) throw new Refusal('not_found');
    room.startAt(opened.epoch, opened.head, opened.version);
    const { head, version } = room.startedAt;
    if (opened.epoch !== room.epoch || (opened.head >= head && opened.version >= version)) return opened;
  }
  throw new Refusal('unavailable');
}

/** A SubscribeAnswer, written as text. */
function ownAnswer(outflow: Outflow, stream: string, { opened, endTurn }: Read): OwnAnswer {
  const { epoch, head, mode, events, states } = opened;
  const start = JSON.stringify({ ok: true, stream, epoch, seq: head, mode }).slice(0, -1);
  const text = `${start},"events":[${events}],"state":[${states}]}`;
  return new OwnAnswer((messageId) => outflow.answer(answerPacket(messageId, text), endTurn));
}

function count(
  metrics: SubscribeContext['metrics'],
  { mode, eventCount }: OpenedStream,
  { because }: SubscribeRequest,
) {
  metrics.subscribes.inc({ mode });
  metrics.replayedEvents.inc(eventCount);
  if (because) metrics.asked.inc({ because });
}
