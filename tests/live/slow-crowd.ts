import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { endWithFile } from '../support/ending.ts';
import type { Watcher } from '../support/watcher.ts';

interface TcpSocket {
  pause(): void;
  resume(): void;
}

/** The connection under a client: paused, its client reads nothing and its kernel fills up. */
export function connectionOf({ socket }: Pick<Watcher, 'socket'>): TcpSocket {
  // The engine's types hide it.
  const { transport } = socket.io.engine as unknown as { transport: { ws: { _socket: TcpSocket } } };
  return transport.ws._socket;
}

/** Takes so many bytes a second and no more, by reading for a moment ten times a second. */
export function throttle(client: Pick<Watcher, 'socket'>, bytesASecond: number): () => void {
  const connection = connectionOf(client) as TcpSocket & { bytesRead: number };
  let budget = 0;
  const timer = setInterval(() => {
    budget += bytesASecond / 10;
    const before = connection.bytesRead;
    connection.resume();
    setTimeout(() => {
      connection.pause();
      budget -= connection.bytesRead - before;
    }, 2);
    if (budget < 0) connection.pause();
  }, 100);
  return () => {
    clearInterval(timer);
    setTimeout(() => connection.resume(), 5);
  };
}

export async function sqlOn(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  endWithFile({ stop: () => client.end() });
  return client;
}

/** So many comments a second by psql for so long, each with a text of so many characters; answers how many. */
export async function writeLong(
  client: pg.Client,
  {
    campaignId,
    aSecond,
    seconds,
    characters,
  }: { campaignId: number; aSecond: number; seconds: number; characters: number },
): Promise<number> {
  const batches = seconds * 10;
  const started = performance.now();
  for (let batch = 0; batch < batches; batch++) {
    await client.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       select $1, 21, 'comment', repeat('x', $2) from generate_series(1, $3::int)`,
      [campaignId, characters, aSecond / 10],
    );
    await sleep(Math.max(0, started + (batch + 1) * 100 - performance.now()));
  }
  return batches * (aSecond / 10);
}

/** One value of /metrics, summed over its labels. */
export async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const values = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  return values.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
