import type { Socket } from 'socket.io';
import { startLoop } from '../platform/background-loop.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { LargeAnswers } from './large-answers.ts';
import { type Bounds, Outflow } from './outflow.ts';

const everyMs = 250;
const defaultBounds: Bounds = { soft: 256 * 1024, hard: 1024 * 1024 };

/** What leaves for each socket of this node. */
export interface Outflows {
  of(socket: Socket): Outflow;
  /** Of all sockets. */
  large: LargeAnswers;
  stop(): Promise<void>;
}

/** Made at a socket's first subscribe, and gone with it. */
export function startOutflows({ log, metrics }: { log: Log; metrics: Metrics }, bounds = defaultBounds): Outflows {
  const bySocket = new Map<Socket, Outflow>();

  const work = async () => {
    let [slow, queued] = [0, 0];
    for (const outflow of bySocket.values()) {
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
      const known = bySocket.get(socket);
      if (known) return known;
      const userId = () => (socket.data as { who?: { userId: number } | null }).who?.userId ?? null;
      const outflow = new Outflow({ conn: socket.conn, userId, bounds, metrics });
      bySocket.set(socket, outflow);
      socket.once('disconnect', () => {
        bySocket.delete(socket);
        outflow.end();
      });
      return outflow;
    },
    stop: loop.stop,
  };
}
