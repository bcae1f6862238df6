import type { Socket } from 'socket.io-client';
import { eventually } from './poll.ts';
import type { Untyped } from './untyped.ts';

/** What a server tells a socket beside frames, as it comes, with the ms since this began. */
export function noticesOf(socket: Socket) {
  const began = performance.now();
  const seen: { name: string; notice: Untyped; afterMs: number }[] = [];
  const keep = (name: string) => (notice: unknown) => seen.push({ name, notice, afterMs: performance.now() - began });
  for (const name of ['auth:expiring', 'auth:expired', 'stream:closed', 'server:draining']) socket.on(name, keep(name));
  socket.on('disconnect', keep('disconnect'));
  return {
    seen,
    until: (name: string, within = 5_000) =>
      eventually(
        () => {
          const found = seen.find((one) => one.name === name);
          if (!found) throw new Error(`no ${name}; seen: ${JSON.stringify(seen)}`);
          return found;
        },
        { within },
      ),
  };
}

/** The code of the refusal, or `connected`; also when a time was named to come back. */
export async function outcomeOf(socket: Socket): Promise<{ code: string; reconnectInMs?: number }> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve({ code: 'connected' }));
    socket.once('connect_error', (error: Error & { data?: { code: string } }) =>
      resolve(error.data ?? { code: error.message }),
    );
  });
}
