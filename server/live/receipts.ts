/**
 * Tells authors how far their comments got: `comment:reached`, to their own sockets in the campaign's room and to nobody
 * else. It is a state and not a log event: nothing is stored, and who was away has missed it.
 *   1. collect: each node reports an event once; each node that watches the stream adds the reports up
 *   2. tell:    soon after the first report, when the quick nodes have all reported
 *   3. again:   when the slow ones must have reported, if that made it more; then it is forgotten
 * A receipt only grows, and its version is the number of sockets: the greater one is the later one on every node.
 */
import type { CommentReachedData } from '../contract/live.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Bus } from '../relay/bus.ts';
import type { BucketCounts, FanoutReport } from '../relay/frame.ts';
import { Latencies } from './latencies.ts';
import type { Rooms } from './rooms.ts';

const soonMs = 200;
/** A node without a relay's heart delivers some two seconds late, and waits one more for its slow sockets. */
const finalMs = 4_000;
const maxOpen = 2_000;

interface Tally {
  stream: string;
  about: FanoutReport['about'];
  since: number;
  byNode: Map<string, BucketCounts>;
  /** Soon, so that an author who is not here is looked for twice at most. */
  tried: boolean;
  /** Sockets, as told last. */
  told: number;
}

/** `tellDue` is to be called a few times a second. */
export function createReceipts({ bus, rooms, metrics }: { bus: Bus; rooms: Rooms; metrics: Metrics }) {
  const tallies = new Map<string, Tally>();

  bus.onReport((report) => {
    if (report.class !== 'fanout' || !rooms.get(report.stream)) return;
    const { stream, epoch, seq, node, about, latencies } = report;
    const key = `${stream} ${epoch} ${seq}`;
    if (!tallies.has(key) && tallies.size >= maxOpen) return metrics.unmeasured.inc();
    const tally = tallies.get(key) ?? begun(stream, about);
    tallies.set(key, tally);
    tally.byNode.set(node, latencies); // our own comes twice where the bus brings it back
  });

  const tell = (tally: Tally) => {
    const room = rooms.get(tally.stream);
    const data = sumOf(tally);
    if (!room || data.sockets <= tally.told) return;
    const heard = room.tell(tally.about.userId, {
      class: 'state',
      stream: tally.stream,
      name: 'comment:reached',
      key: String(data.commentId),
      version: data.sockets,
      at: new Date().toISOString(),
      data: JSON.stringify(data),
    });
    if (heard > 0) tally.told = data.sockets;
  };

  return {
    tellDue() {
      const now = performance.now();
      for (const [key, tally] of tallies) {
        const age = now - tally.since;
        if (age >= finalMs) tallies.delete(key);
        if (age < finalMs && (age < soonMs || tally.tried)) continue;
        tally.tried = true;
        tell(tally);
      }
    },
  };
}

const begun = (stream: string, about: FanoutReport['about']): Tally => ({
  stream,
  about,
  since: performance.now(),
  byNode: new Map(),
  tried: false,
  told: 0,
});

function sumOf({ about, byNode }: Tally): CommentReachedData {
  const latencies = new Latencies();
  for (const counts of byNode.values()) latencies.add(counts);
  const { campaignId, commentId } = about;
  return { campaignId, commentId, sockets: latencies.count, p90Ms: Math.ceil(latencies.quantile(0.9)) };
}
