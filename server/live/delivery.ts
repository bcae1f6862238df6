import { randomBytes } from 'node:crypto';
import { atMostEvery } from '../platform/at-most-every.ts';
import { startLoop } from '../platform/background-loop.ts';
import type { Pool } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Bus } from '../relay/bus.ts';
import type { LogEventFrame } from '../relay/frame.ts';
import { startLagWatch } from '../relay/lag.ts';
import { startLeadership } from '../relay/leader.ts';
import { startListener } from '../relay/listener.ts';
import { startRelay } from '../relay/relay.ts';
import { startDatabaseClock } from './database-clock.ts';
import { createFanouts } from './fanouts.ts';
import { startHeads } from './heads.ts';
import { type Presence, startPresence } from './presence.ts';
import { createReceipts } from './receipts.ts';
import { startRemovals } from './removals.ts';
import type { Room } from './room.ts';
import { createRooms, type Rooms } from './rooms.ts';
import { Screens } from './screens.ts';

/** The heart beats twice a second; so patient, nobody hears nothing for two. */
const heartPatienceMs = 1_500;
const checkEveryMs = 2_000;
/** Hints come with every commit; one comparison reads what many of them announced. */
const heartlessEveryMs = 100;
const lagLimitSeconds = 10;
const receiptEveryMs = 250;

export interface Delivery {
  rooms: Rooms;
  presence: Presence;
  /** What this node's sockets show. */
  screens: Screens;
  /** Hears of each log event that this node delivered, wherever it came from. */
  onEvent(listener: (frame: LogEventFrame) => void): void;
  /** Null while what is committed reaches this node's sockets in time, else why not. */
  fault(): string | null;
  /** What is missing between nodes and made good from the database. */
  degraded(): string | null;
  stop(): Promise<void>;
}

interface DeliveryOptions {
  pool: Pool;
  bus: Bus;
  listenUrl: string;
  /** PostgreSQL did not answer in time: every connection to it is in doubt. */
  onDeaf: () => void;
  /** Something was committed. `what` names an outbox of another kind than the relay’s that has something; undefined: any may. */
  onHint: (what?: string) => void;
  log: Log;
  metrics: Metrics;
}

/**
 * Everything between a commit and this node's rooms. While the relay's heart is heard, frames come by the bus, and each
 * room is only compared with the database every two seconds. A node that misses three beats of it reads for its own
 * sockets straight from the database, at each hint but ten times a second at most, until it hears one again: one rule for
 * a dead leader, a dead Redis and a partition.
 */
export async function startDelivery(options: DeliveryOptions): Promise<Delivery> {
  const { pool, bus, listenUrl, onDeaf, log, metrics } = options;
  const clock = await startDatabaseClock(pool, log);
  const node = randomBytes(6).toString('hex');
  const fanouts = createFanouts({ bus, clock, node, metrics });
  const listeners: ((frame: LogEventFrame) => void)[] = [];
  const measure = (frame: LogEventFrame) => {
    removals.delivered(frame);
    for (const listener of listeners) listener(frame);
    return fanouts.open(frame);
  };
  const rooms = createRooms({ pool, bus, metrics, measure });
  const receipts = createReceipts({ bus, rooms, metrics });
  const screens = new Screens((stream, comment) => removals.gone(stream, comment));
  const removals = startRemovals({ screens, rooms, bus, clock, node, log, metrics });
  let heardHeart = performance.now();
  bus.onBeat(() => {
    heardHeart = performance.now();
  });
  const heartless = () => performance.now() - heardHeart > heartPatienceMs;

  // A void room's sockets hold positions that mean nothing: closed at the transport they come back and are reset.
  const close = (room: Room) => {
    log.warn({ stream: room.stream }, 'a stream began anew or is gone; its sockets are sent to start over');
    for (const { subscriber } of room.subscriptions) subscriber.close();
  };
  const check = startLoop({
    name: 'room check',
    everyMs: checkEveryMs,
    log,
    work: () => rooms.compare(heartless() ? 'no heart' : 'check', close),
  });

  const checkSoon = atMostEvery(heartlessEveryMs, check.wake);

  const leadership = startLeadership({ url: listenUrl, onElected: () => relay.wake(), beat: bus.beat, log, metrics });
  const ageMs = (at: Date) => performance.now() - clock.local(at);
  const relay = startRelay({ pool, bus, isLeader: leadership.isLeader, ageMs, log, metrics });
  const onHint = (what?: string) => {
    options.onHint(what);
    if (leadership.isLeader()) relay.wake();
    if (heartless()) checkSoon.call();
  };
  const listener = await startListener({ url: listenUrl, pool, onHint, onDeaf, log, metrics });
  const presence = startPresence({ rooms, bus, node, log, metrics });
  const heads = startHeads(rooms, log, metrics);
  const receiptLoop = startLoop({
    name: 'receipts',
    everyMs: receiptEveryMs,
    log,
    work: async () => {
      fanouts.closeOverdue();
      metrics.heartAge.set((performance.now() - heardHeart) / 1_000);
      receipts.tellDue();
    },
  });
  const lag = startLagWatch(pool, log, metrics);

  return {
    rooms,
    presence,
    screens,
    onEvent: (listener) => void listeners.push(listener),
    fault() {
      if (!listener.isLive()) return 'LISTEN is not proven live';
      return lag.seconds() > lagLimitSeconds ? `the relay is ${Math.round(lag.seconds())} s behind` : null;
    },
    degraded: () => bus.fault() ?? (heartless() ? 'the heart of the relay is not heard' : null),
    async stop() {
      checkSoon.stop();
      const loops = [presence, heads, receiptLoop, removals, clock, lag, check];
      await Promise.all(loops.map((loop) => loop.stop()));
      await listener.stop();
      await relay.stop();
      await leadership.stop();
    },
  };
}
