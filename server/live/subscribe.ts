/**
 * Subscribing without a gap and without an overlap:
 *   1. settle: what the socket was sent before has left; one that takes nothing gets no further answers
 *   2. admit:  may this person read the stream (asked at each subscribe)
 *   3. join:   the socket gets the stream's packets from here on, but they are held back
 *   4. read:   position, missed events and states, in one snapshot; very much of them in turn with others
 *   5. answer, then release what was held back and is newer than the snapshot
 */
import type { SubscribeRequest } from '../contract/live.ts';
import type { Pool } from '../platform/db.ts';
import type { Metrics } from '../platform/metrics.ts';
import { Refusal } from '../platform/refusal.ts';
import type { HeldStreams } from './held-streams.ts';
import type { EndTurn } from './large-answers.ts';
import type { LiveSocket } from './live-socket.ts';
import type { Outflow } from './outflow.ts';
import type { Outflows } from './outflows.ts';
import { OwnAnswer } from './own-answer.ts';
import { answerPacket } from './packet.ts';
import { type OpenedStream, openStream } from './position.ts';
import { type Room, type Subscription, subscriptionOf } from './room.ts';
import type { Rooms } from './rooms.ts';
import { admitTo, type StreamKind } from './stream-kind.ts';

const maxStreams = 100;
const maxReads = 10;
/** Events, or states; of more than that, or of more than a megabyte of events, an answer is large. */
const mostAtOnce = 1_000;

export interface SubscribeParts {
  rooms: Rooms;
  outflows: Outflows;
  pool: Pool;
  kinds: StreamKind[];
  held: HeldStreams;
  metrics: Pick<Metrics, 'subscribes' | 'replayedEvents' | 'asked'>;
}

export interface SubscribeContext extends SubscribeParts {
  socket: LiveSocket;
}

/** Answers by `reply`, so that what was held back leaves after the answer and not before. */
export async function subscribe(
  context: SubscribeContext,
  request: SubscribeRequest,
  reply: (answer: OwnAnswer) => void,
): Promise<void> {
  const { socket, rooms, outflows, metrics } = context;
  const { stream } = request;
  const mine = socket.data.streams;
  if (!socket.connected) return; // it left while this waited for its turn
  const outflow = outflows.of(socket);
  if (!(await outflow.settled())) throw new Refusal('unavailable');
  if (!mine.has(stream) && mine.size >= maxStreams) throw new Refusal('too_many_streams');
  await admit(context, stream);
  const present = mine.get(stream);
  const position = present?.seq ?? null;
  const subscription = present ?? subscriptionOf(outflow);
  subscription.seq = null;
  mine.set(stream, subscription);

  let read: Read | undefined;
  let answered = false;
  try {
    const room = await rooms.join(stream, subscription);
    read = await readAt(room, context, request);
    if (!socket.connected) return;
    // Taken from the socket meanwhile: it may no longer read it.
    if (mine.get(stream) !== subscription) throw new Refusal('forbidden');
    if (subscription.heldBytes < 0) throw new Refusal('unavailable');
    const answer = ownAnswer(outflow, stream, read);
    reply(answer);
    answered = answer.written;
    room.release(subscription, read.opened.head);
    count(metrics, read.opened, request);
  } finally {
    if (!answered) read?.endTurn?.();
    if (subscription.seq === null) giveUp(context, stream, subscription, position);
  }
}

/** May this person read the stream: asked until nothing changed meanwhile that could make it otherwise. */
async function admit({ socket, kinds, held }: SubscribeContext, stream: string): Promise<void> {
  for (let looks = 0; looks < maxReads; looks++) {
    const checks = held.checks();
    const refusal = await admitTo(kinds, stream, held.reader(socket, stream));
    if (refusal) throw new Refusal(refusal);
    if (held.checks() === checks) return;
  }
  throw new Refusal('unavailable');
}

/** Asked again in vain, a stream that the socket had goes on from where it was. */
function giveUp({ socket, rooms, held }: SubscribeContext, stream: string, own: Subscription, position: number | null) {
  const room = rooms.get(stream);
  const kept = socket.connected && socket.data.streams.get(stream) === own;
  if (kept && room && position !== null && own.heldBytes >= 0) room.release(own, position);
  else if (kept) held.leave(socket, stream);
  else rooms.leave(stream, own);
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
