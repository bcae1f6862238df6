import { randomInt } from 'node:crypto';
import net from 'node:net';

/**
 * A port of 127.0.0.1 on which nobody listens: `wanted` if that is free, else any. It lies below the range from which
 * the kernel takes the ports of outgoing connections, so that no client sits on it while its server restarts (one that
 * reconnects in a loop can even connect to itself). Another process may still take it before its user does, so whoever
 * starts a server on it has to be ready to try again.
 */
export async function freePort(wanted = 0): Promise<number> {
  if (wanted !== 0 && (await isFree(wanted))) return wanted;
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(15_000, 32_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port on 127.0.0.1 between 15000 and 32000');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
