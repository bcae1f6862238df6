import type { ServerResponse } from 'node:http';
import type { Pool } from '../../platform/db.ts';
import { streamWithinMs } from '../../platform/stream-pool.ts';

export type Ending = 'the client takes nothing' | 'it took too long' | 'somebody waits for its tables';

interface Watched {
  response: ServerResponse;
  /** Of the connection that reads. */
  pid: number;
  pool: Pool;
  idleMs: number;
  end(why: Ending): void;
}

/**
 * Looks after a transfer each second: ends one whose client has taken nothing of what waits for it for `idleMs`, one that lasts too long, and
 * one for whose tables somebody waits (TRUNCATE, a migration), behind whom every writer would wait. Answers how to stop.
 */
export function watch({ response, pid, pool, idleMs, end }: Watched): () => void {
  const started = performance.now();
  let taken = -1;
  let movedAt = started;
  const timer = setInterval(
    () => {
      const now = performance.now();
      const { socket } = response;
      const sent = socket ? socket.bytesWritten - socket.writableLength : 0;
      // Where nothing waits for the client, it is the database that is slow.
      if (sent !== taken || !socket?.writableLength) [taken, movedAt] = [sent, now];
      if (now - movedAt > idleMs) return end('the client takes nothing');
      if (now - started > streamWithinMs) return end('it took too long');
      isWaitedFor(pool, pid).then(
        (waited) => waited && end('somebody waits for its tables'),
        () => {}, // asked again in a second
      );
    },
    Math.min(1_000, idleMs),
  );
  timer.unref();
  return () => clearInterval(timer);
}

async function isWaitedFor(pool: Pool, pid: number): Promise<boolean> {
  const { rows } = await pool.query<{ waited: boolean }>(
    `select exists (
       select from pg_stat_activity where wait_event_type = 'Lock' and $1::int = any (pg_blocking_pids(pid))) as waited`,
    [pid],
  );
  return rows[0]?.waited ?? false;
}
