import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { logEvents, stateEvents } from '../../server/contract/live.ts';
import { follow } from '../support/follower.ts';
import type { Seen } from '../support/watcher.ts';
import type { LogEntry, StateEntry, Watched, Wire } from './history.ts';

export interface Recorder extends Watched {
  /** Where it enters: 0 or 1, the node that its door prefers. */
  home: number;
  /** When it heard of an event, in ms of performance.now(). */
  heardAt(): number[];
  /** Reads nothing any more, until it resumes. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** A follower by the contract that writes its wire down. */
export async function record(url: string, stream: string, name: string, home: number): Promise<Recorder> {
  const wire: Wire[] = [];
  const note = (one: DistributiveOmit<Wire, 'at'>) => void wire.push({ at: performance.now(), ...one } as Wire);
  const follower = await follow(url, stream, {
    onSocket(socket) {
      for (const event of Object.keys(logEvents)) {
        socket.on(event, (frame: Seen) =>
          note({ kind: 'event', epoch: frame.epoch ?? '', entry: entryOf(event, frame) }),
        );
      }
      for (const event of Object.keys(stateEvents)) {
        const keyed = (frame: Seen) => stateOf(event, frame);
        socket.on(event, (frame: Seen) => isCompared(event) && note({ kind: 'state', state: keyed(frame) }));
      }
      socket.on('disconnect', () => note({ kind: 'lost' }));
    },
    onAsk: (position) => note({ kind: 'asked', position }),
    onAnswer: (answer) => {
      if (answer === null) return;
      const { mode, epoch, seq } = answer;
      const events = (answer.events as Seen[]).map((frame) => entryOf(frame.name, frame));
      const states = (answer.state as Seen[]).filter(({ name }) => isCompared(name));
      note({ kind: 'answered', mode, epoch, seq, events, states: states.map((frame) => stateOf(frame.name, frame)) });
    },
  });
  // The engine's types hide the connection; it may be another one when it resumes.
  const connection = () =>
    (follower.socket.io.engine as unknown as { transport: { ws: { _socket?: Socket } } }).transport.ws._socket;
  let paused: Socket | undefined;
  const isNews = ({ kind, ...one }: Wire) => kind === 'event' || ('events' in one && one.events.length > 0);
  return {
    name,
    home,
    wire,
    heardAt: () => wire.filter(isNews).map(({ at }) => at),
    pause() {
      paused = connection();
      paused?.pause();
    },
    resume: () => void paused?.resume(),
    close: () => void follower.socket.close(),
  };
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Presence is nobody's row, and who a comment reached is told to its author alone. */
const isCompared = (name: string) => name === 'campaign:counters' || name === 'comment:counters';

export const entryOf = (name: string, { seq, data }: { seq: number; data: unknown }): LogEntry => ({
  seq,
  name,
  body: fingerprint(data),
});

export const stateOf = (
  name: string,
  { version, data }: { version?: number; data: { commentId?: number } },
): StateEntry => ({
  key: data.commentId === undefined ? name : `${name} ${data.commentId}`,
  version: version ?? -1,
  body: JSON.stringify(sorted(data)),
});

/** The whole of what an event says, in a few bytes whatever the order of its keys. */
const fingerprint = (data: unknown) =>
  createHash('sha1')
    .update(JSON.stringify(sorted(data)))
    .digest('base64');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
