import { io } from 'socket.io-client';
import { expect } from 'vitest';
import { logEvents, stateEvents } from '../../server/contract/live.ts';
import { endWithFile } from './ending.ts';
import { eventually } from './poll.ts';
import type { Untyped } from './untyped.ts';

export interface Seen {
  name: string;
  stream: string;
  seq: number;
  epoch?: string;
  version?: number;
  at: string;
  data: Untyped;
}

/** A raw client: connects, subscribes, and writes down every frame as it came, in order. */
export async function watch(url: string, options: { token?: string } = {}) {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    auth: options.token ? { token: options.token } : {},
  });
  endWithFile({ stop: () => socket.close() });
  const log: Seen[] = [];
  const states: Seen[] = [];
  for (const name of Object.keys(logEvents)) socket.on(name, (frame: Seen) => log.push({ ...frame, name }));
  for (const name of Object.keys(stateEvents)) socket.on(name, (frame: Seen) => states.push({ ...frame, name }));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return {
    socket,
    log,
    states,
    subscribe: (request: { stream: string; epoch?: string; seq?: number }) =>
      socket.timeout(10_000).emitWithAck('subscribe', request),
    /** Begin it before what makes the server close the socket. Answers when it was closed, once it is there again. */
    cutAndBack: async (): Promise<number> => {
      const [reason, at] = await new Promise<[string, number]>((resolve) => {
        socket.once('disconnect', (why) => resolve([why, performance.now()]));
      });
      if (!reason.startsWith('transport')) throw new Error(`closed by ${reason}`);
      await eventually(() => expect(socket.connected).toBe(true), { within: 5_000 });
      return at;
    },
    /** The data of the newest frame of that name, once it satisfies the test. */
    until: (name: string, holds: (data: Seen['data']) => boolean, within = 5_000): Promise<Seen> =>
      eventually(
        () => {
          const seen = [...log, ...states].filter((frame) => frame.name === name && holds(frame.data));
          const last = seen.at(-1);
          if (!last) throw new Error(`no ${name} like that; seen: ${JSON.stringify([...log, ...states].slice(-5))}`);
          return last;
        },
        { within },
      ),
  };
}

export type Watcher = Awaited<ReturnType<typeof watch>>;
