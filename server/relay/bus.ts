import type { Frame, Report } from './frame.ts';

/**
 * How frames, reports and the relay's heart travel between nodes. A node gets only what is of streams it watches. Nothing on the
 * bus is needed for correctness: what it loses, rooms read from the database.
 */
export interface Bus {
  publish(frame: Frame): void;
  report(report: Report): void;
  watch(stream: string): Promise<void>;
  unwatch(stream: string): void;
  /** The leader says that it lives. */
  beat(): void;
  onFrame(listener: (frame: Frame) => void): void;
  /** Also gets the reports of this node itself, more than once perhaps. */
  onReport(listener: (report: Report) => void): void;
  onBeat(listener: () => void): void;
  /** Null while frames and beats get through, else why not. */
  fault(): string | null;
  stop(): Promise<void>;
}

/** One node: what is published is delivered in the same turn. */
export function createLocalBus(): Bus {
  const frameListeners: ((frame: Frame) => void)[] = [];
  const reportListeners: ((report: Report) => void)[] = [];
  const beatListeners: (() => void)[] = [];
  return {
    publish: (frame) => {
      for (const listener of frameListeners) listener(frame);
    },
    report: (report) => {
      for (const listener of reportListeners) listener(report);
    },
    watch: async () => {},
    unwatch: () => {},
    beat: () => {
      for (const listener of beatListeners) listener();
    },
    onFrame: (listener) => void frameListeners.push(listener),
    onReport: (listener) => void reportListeners.push(listener),
    onBeat: (listener) => void beatListeners.push(listener),
    fault: () => null,
    stop: async () => {},
  };
}
