import { startLoop } from '../platform/background-loop.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { LargeAnswers } from './large-answers.ts';
import type { LiveSocket } from './live-socket.ts';
import { type Bounds, Outflow } from './outflow.ts';

const everyMs = 250;
const defaultBounds: Bounds = { soft: 256 * 1024, hard: 1024 * 1024 };

/** What leaves for each socket of this node. */
export interface Outflows {
  of(socket: LiveSocket): Outflow;
  /** The socket is gone. */
  end(socket: LiveSocket): void;
  /** Of all sockets. */
  large: LargeAnswers;
  stop(): Promise<void>;
}

/** Made at a socket's first subscribe, and gone with it. */
export function startOutflows({ log, metrics }: { log: Log; metrics: Metrics }, bounds = defaultBounds): Outflows {
  const open = new Set<Outflow>();

  const work = async () => {
    let [slow, queued] = [0, 0];
    for (const outflow of open) {
      if (outflow.watch()) slow++;
      queued += outflow.queued;
    }
    metrics.slowSockets.set(slow);
    metrics.queuedBytes.set(queued);
  };
  const loop = startLoop({ name: 'outflows', everyMs, log, work });

  return {
    large: new LargeAnswers(metrics),
    of(socket) {
      const { conn, data } = socket;
      if (data.outflow) return data.outflow;
      data.outflow = new Outflow({ conn, holder: data, bounds, metrics });
      open.add(data.outflow);
      return data.outflow;
    },
    end({ data: { outflow } }) {
      if (!outflow) return;
      open.delete(outflow);
      outflow.end();
    },
    stop: loop.stop,
  };
}
