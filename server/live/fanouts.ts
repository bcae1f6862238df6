import type { Metrics } from '../platform/metrics.ts';
import type { Bus } from '../relay/bus.ts';
import type { FanoutReport, LogEventFrame } from '../relay/frame.ts';
import { authored } from './authored.ts';
import type { DatabaseClock } from './database-clock.ts';
import { Fanout } from './fanout.ts';
import type { Latencies } from './latencies.ts';

const patienceMs = 1_000;
/** Each takes half a kilobyte; they last as long as the slowest socket, at most the patience. */
const maxOpen = 1_000;

/** Measures the way of log events to this node's sockets. */
export interface Fanouts {
  /** Undefined when too many are under way: the event is delivered and not measured. */
  open(frame: LogEventFrame): Fanout | undefined;
  /** Reports what slow sockets have kept open for longer than a second, without those sockets. */
  closeOverdue(): void;
}

interface FanoutsOptions {
  bus: Bus;
  clock: Pick<DatabaseClock, 'local'>;
  /** Of this process among those of the bus. */
  node: string;
  metrics: Metrics;
}

/** Each event is reported once by each node, and only when somebody is to be told and a socket of another had it. */
export function createFanouts({ bus, clock, node, metrics }: FanoutsOptions): Fanouts {
  const open = new Set<Fanout>();

  const report = (frame: LogEventFrame, about: FanoutReport['about'], latencies: Latencies) => {
    const { stream, epoch, seq, name } = frame;
    bus.report({ class: 'fanout', stream, epoch, seq, name, node, about, latencies: latencies.filled() });
  };
  const observe = (event: string, due: number, latencies: Latencies) => {
    const reached = latencies.count;
    metrics.deliveries.inc({ event, outcome: 'flushed' }, reached);
    if (due > reached) metrics.deliveries.inc({ event, outcome: 'late' }, due - reached);
    if (reached > 0) metrics.deliverySeconds.observe({ event }, latencies.quantile(0.9) / 1_000);
  };

  return {
    open(frame) {
      if (open.size >= maxOpen) {
        metrics.unmeasured.inc();
        return undefined;
      }
      const about = authored(frame);
      const fanout = new Fanout({
        // Never before the event, even where the clocks' difference is known less well than the event is quick.
        startedAt: Math.min(clock.local(frame.at), performance.now()),
        except: about?.userId ?? null,
        onClosed: ({ due, latencies }) => {
          open.delete(fanout);
          observe(frame.name, due, latencies);
          if (about && latencies.count > 0) report(frame, about, latencies);
        },
      });
      open.add(fanout);
      return fanout;
    },
    closeOverdue() {
      const overdue = performance.now() - patienceMs;
      for (const fanout of open) if (fanout.openedAt < overdue) fanout.close();
    },
  };
}
