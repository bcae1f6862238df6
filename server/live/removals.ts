/**
 * How a removed comment leaves the screens: the desk sees `moderation:removal`, on how many screens it was and how long
 * after the commit it was gone from 99.9 % of them. A screen is a socket that said it drew the comment; it is rid of it
 * when it says so, leaves the campaign or goes.
 *   1. measure: a node that delivers the event notes how many of its sockets show the comment, and each that no longer does
 *   2. report:  what changed, ten times a second, to the nodes where a desk is open
 *   3. show:    the sum of all nodes, at each report
 * A state and not a log event: nothing is stored, and whoever opens the desk later has missed it.
 */
import { z } from 'zod';
import type { RemovalData } from '../contract/live.ts';
import { idSchema } from '../contract/primitives.ts';
import { startLoop } from '../platform/background-loop.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Bus } from '../relay/bus.ts';
import type { LogEventFrame, RemovalReport } from '../relay/frame.ts';
import type { DatabaseClock } from './database-clock.ts';
import { Latencies } from './latencies.ts';
import type { Rooms } from './rooms.ts';
import type { Screens } from './screens.ts';

const everyMs = 100;
/** Screens that still show it then are told of as what they are: not rid of it. */
const patienceMs = 30_000;
const mostOpen = 1_000;
const share = 0.999;
const desk = 'moderation';

export interface Removals {
  /** A log event is about to go to the sockets of this node. */
  delivered(frame: LogEventFrame): void;
  /** A socket of this node no longer shows the comment. */
  gone(stream: string, comment: number): void;
  stop(): Promise<void>;
}

interface RemovalsOptions {
  screens: Pick<Screens, 'count'>;
  rooms: Pick<Rooms, 'get'>;
  bus: Bus;
  clock: Pick<DatabaseClock, 'local'>;
  /** Of this process among those of the bus. */
  node: string;
  log: Log;
  metrics: Metrics;
}

interface Open {
  about: RemovalReport['about'];
  at: string;
  startedAt: number;
  screens: number;
  latencies: Latencies;
  /** How many were gone when it was last reported; -1: never. */
  reported: number;
}

interface Tally {
  since: number;
  byNode: Map<string, RemovalReport>;
}

export function startRemovals({ screens, rooms, bus, clock, node, log, metrics }: RemovalsOptions): Removals {
  const open = new Map<string, Open>();
  const tallies = new Map<string, Tally>();
  const keyOf = (stream: string, comment: number) => `${stream} ${comment}`;

  bus.onReport((report) => {
    const room = rooms.get(desk);
    if (report.class !== 'removal' || !room) return;
    const key = `${keyOf(`campaign:${report.about.campaignId}`, report.about.commentId)} ${report.at}`;
    if (!tallies.has(key) && tallies.size >= mostOpen) return metrics.unmeasured.inc();
    const tally = tallies.get(key) ?? { since: performance.now(), byNode: new Map() };
    tallies.set(key, tally);
    tally.byNode.set(report.node, report);
    const data = sumOf(report.about, tally.byNode.values());
    room.broadcastState({
      class: 'state',
      stream: desk,
      name: 'moderation:removal',
      key: String(data.commentId),
      version: versionOf(report.at, data),
      at: new Date().toISOString(),
      data: JSON.stringify(data),
    });
  });

  const report = (one: Open) => {
    one.reported = one.latencies.count;
    const { about, at, screens, latencies } = one;
    bus.report({ class: 'removal', stream: desk, node, about, at, screens, latencies: latencies.filled() });
  };
  const work = async () => {
    const overdue = performance.now() - patienceMs;
    for (const [key, one] of open) {
      if (one.latencies.count !== one.reported) report(one);
      if (one.latencies.count < one.screens && one.startedAt > overdue) continue;
      open.delete(key);
      metrics.removalScreens.inc({ outcome: 'gone' }, one.latencies.count);
      metrics.removalScreens.inc({ outcome: 'still there' }, one.screens - one.latencies.count);
      metrics.removalSeconds.observe(one.latencies.quantile(share) / 1_000);
    }
    for (const [key, { since }] of tallies) if (since < overdue - patienceMs) tallies.delete(key);
  };
  const loop = startLoop({ name: 'removals', everyMs, log, work });

  return {
    delivered(frame) {
      const about = removed(frame);
      if (about === null) return;
      const count = screens.count(frame.stream, about.commentId);
      if (count === 0) return;
      if (open.size >= mostOpen) return metrics.unmeasured.inc();
      open.set(keyOf(frame.stream, about.commentId), {
        about,
        at: frame.at,
        startedAt: Math.min(clock.local(frame.at), performance.now()),
        screens: count,
        latencies: new Latencies(),
        reported: -1,
      });
    },
    gone(stream, comment) {
      const one = open.get(keyOf(stream, comment));
      if (one && one.latencies.count < one.screens) one.latencies.observe(performance.now() - one.startedAt);
    },
    stop: loop.stop,
  };
}

function sumOf(about: RemovalReport['about'], reports: Iterable<RemovalReport>): RemovalData {
  const latencies = new Latencies();
  let screens = 0;
  for (const report of reports) {
    screens += report.screens;
    latencies.add(report.latencies);
  }
  const gone = latencies.count;
  const needed = Math.ceil(screens * share);
  return { ...about, screens, gone, ms: gone < needed ? null : Math.ceil(latencies.quantile(needed / gone)) };
}

/** Screens and gone ones only become more, so their sum is the later the greater; a later removal is beyond all of them. */
const versionOf = (at: string, { screens, gone }: RemovalData) =>
  Math.floor(Date.parse(at) / 1_000) * 4_000_000 + Math.min(3_999_999, screens + gone);

const tombstone = z.object({ id: idSchema, campaignId: idSchema });

/** What the event removes; null for other events. */
function removed({ name, data }: LogEventFrame): RemovalReport['about'] | null {
  if (name !== 'comment:removed') return null;
  try {
    const { id, campaignId } = tombstone.parse(JSON.parse(data));
    return { commentId: id, campaignId };
  } catch {
    return null;
  }
}
