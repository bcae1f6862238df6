import { io } from 'socket.io-client';
import { logEvents } from '../../server/contract/live.ts';
import { endWithFile } from './ending.ts';
import type { Untyped } from './untyped.ts';
import type { Seen } from './watcher.ts';

export interface FollowOptions {
  transports?: string[];
  /** Told in the order of the wire: a question that leaves, and what it was answered (null: refused, or nothing in time). */
  onAsk?: (position: { epoch: string; seq: number } | null) => void;
  onAnswer?: (answer: Untyped) => void;
  /** Its socket before it connects, for who wants to hear all of it. */
  onSocket?: (socket: ReturnType<typeof io>) => void;
}

/**
 * An outside client that follows one stream by the contract and nothing more: a position, a subscribe with it at each
 * connect, what is not newer is dropped, and a jump is a gap that it asks about. `applied` is what its user would see.
 */
export async function follow(url: string, stream: string, options: FollowOptions = {}) {
  const socket = io(url, {
    transports: options.transports ?? ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 300,
  });
  endWithFile({ stop: () => socket.close() });
  options.onSocket?.(socket);
  const applied: Seen[] = [];
  const told = { gaps: 0, repeats: 0, resets: 0, replays: 0, subscribes: 0 };
  let position: { epoch: string; seq: number } | null = null;
  let longestSilenceMs = 0;
  let heardAt = performance.now();

  const apply = (frame: Seen) => {
    longestSilenceMs = Math.max(longestSilenceMs, performance.now() - heardAt);
    heardAt = performance.now();
    if (!position) return;
    if (frame.seq <= position.seq) told.repeats++;
    else if (frame.seq === position.seq + 1) {
      position.seq = frame.seq;
      applied.push(frame);
    } else {
      told.gaps++;
      void subscribe();
    }
  };
  /** One at a time; what comes while its answer is awaited is held, since the answer may hold the same or older events. */
  let asking: Promise<void> | undefined;
  let held: Seen[] = [];
  const subscribe = (): Promise<void> => {
    asking ??= ask().finally(() => {
      asking = undefined;
      for (const frame of held.splice(0)) apply(frame);
    });
    return asking;
  };
  const ask = async (): Promise<void> => {
    options.onAsk?.(position && { ...position });
    // By a callback and not a promise: events of the same chunk would overtake the promise's answer.
    const answer = await new Promise<{ ok: boolean } | null>((resolve) =>
      socket
        .timeout(5_000)
        .emit('subscribe', { stream, ...position }, (error: Error | null, reply: { ok: boolean }) => {
          if (error || !reply?.ok) options.onAnswer?.(null);
          else take(reply as never);
          resolve(error ? null : reply);
        }),
    );
    if (!answer?.ok && socket.connected) setTimeout(() => void subscribe(), 100);
  };
  const take = (answer: { epoch: string; seq: number; mode: string; events: Seen[] }) => {
    options.onAnswer?.(answer);
    told.subscribes++;
    if (answer.mode === 'reset') told.resets++;
    if (answer.mode === 'replayed') told.replays++;
    position ??= { epoch: answer.epoch, seq: answer.seq };
    for (const frame of answer.events) apply(frame);
  };
  for (const name of Object.keys(logEvents)) {
    socket.on(name, (frame: Seen) => {
      if (asking) held.push({ ...frame, name });
      else apply({ ...frame, name });
    });
  }
  const ready = new Promise<void>((resolve) =>
    socket.on('connect', () => {
      held = []; // Of the connection before: the answer brings them.
      void subscribe().then(resolve);
    }),
  );
  await ready;
  return {
    socket,
    applied,
    told,
    seq: () => position?.seq ?? 0,
    longestSilenceMs: () => longestSilenceMs,
    /** Silence counts from now on. */
    listenAnew() {
      longestSilenceMs = 0;
      heardAt = performance.now();
    },
  };
}

export type Follower = Awaited<ReturnType<typeof follow>>;
