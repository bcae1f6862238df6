import { startLoop } from '../platform/background-loop.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { LogEventFrame } from '../relay/frame.ts';
import type { HeldStreams } from './held-streams.ts';
import type { LiveServer } from './live-socket.ts';

/** What may have changed who is allowed to read the stream it came on. */
const turningPoints: ReadonlySet<string> = new Set(['campaign:updated']);
const retryMs = 1_000;

export interface Audiences {
  /** An event was delivered to its stream. */
  delivered(frame: LogEventFrame): void;
  stop(): Promise<void>;
}

/**
 * When a campaign stops being public, its stream is taken from whoever may not see it. The event that says so is the last
 * one they get, so that their page knows why. What can't be asked now is asked again each second.
 */
export function startAudiences(io: LiveServer, held: HeldStreams, log: Log, metrics: Metrics): Audiences {
  const due = new Set<string>();
  const work = async () => {
    for (const stream of [...due]) {
      // Taken out first: an event that comes while we ask is asked about again.
      due.delete(stream);
      await held.recheckStream(io.sockets.sockets.values(), stream).catch((error: unknown) => {
        due.add(stream);
        throw error;
      });
      metrics.audienceChecks.inc();
    }
  };
  const loop = startLoop({ name: 'audiences', everyMs: retryMs, log, work });
  return {
    delivered({ stream, name }) {
      if (!turningPoints.has(name)) return;
      due.add(stream);
      loop.wake();
    },
    stop: loop.stop,
  };
}
