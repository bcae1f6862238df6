import { io } from 'socket.io-client';
import { afterAll } from 'vitest';
import { logEvents } from '../../server/contract/live.ts';
import type { Seen } from './watcher.ts';

const open: { close(): void }[] = [];
afterAll(() => {
  for (const socket of open.splice(0)) socket.close();
});

/**
 * An outside client that follows one stream by the contract and nothing more: a position, a subscribe with it at each
 * connect, what is not newer is dropped, and a jump is a gap that it asks about. `applied` is what its user would see.
 */
export async function follow(url: string, stream: string) {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 300,
  });
  open.push(socket);
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
  /** One at a time, as a good client does: a gap seen while the answer is on its way is covered by that answer. */
  let asking: Promise<void> | undefined;
  const subscribe = (): Promise<void> => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const ask = async (): Promise<void> => {
    const answer = await socket
      .timeout(5_000)
      .emitWithAck('subscribe', { stream, ...position })
      .catch(() => null);
    if (!answer?.ok) {
      if (socket.connected) setTimeout(() => void subscribe(), 100);
      return;
    }
    told.subscribes++;
    if (answer.mode === 'reset') told.resets++;
    if (answer.mode === 'replayed') told.replays++;
    position ??= { epoch: answer.epoch, seq: answer.seq };
    for (const frame of answer.events) apply(frame);
  };
  for (const name of Object.keys(logEvents)) socket.on(name, (frame: Seen) => apply({ ...frame, name }));
  const ready = new Promise<void>((resolve) => socket.on('connect', () => void subscribe().then(resolve)));
  await ready;
  return { socket, applied, told, seq: () => position?.seq ?? 0, longestSilenceMs: () => longestSilenceMs };
}

export type Follower = Awaited<ReturnType<typeof follow>>;
