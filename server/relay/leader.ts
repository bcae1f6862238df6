import pg from 'pg';
import { type Loop, startLoop } from '../platform/background-loop.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { settleWithin } from '../platform/settle-within.ts';

/** The session advisory lock that makes one node of a database the relay: "pulse" in ASCII. */
const lockKey = 0x70756c7365;
const silentSessionMs = 3_000;

export interface Leadership {
  isLeader(): boolean;
  stop(): Promise<void>;
}

interface LeadershipOptions {
  url: string;
  onElected: () => void;
  /** Every half second while leading. */
  beat: () => void;
  log: Log;
  metrics: Metrics;
}

/**
 * Seeks and holds the relay's lock on a connection of its own. The lock lives as long as the session, so a node that
 * dies frees it at once, and one that froze or was cut off after three seconds, when PostgreSQL ends the silent session.
 * A node that can not reach PostgreSQL for a second stops believing that it leads. Two leaders for a moment are harmless:
 * what is sent twice is dropped by seq or version.
 */
export function startLeadership({ url, onElected, beat, log, metrics }: LeadershipOptions): Leadership {
  let client: pg.Client | undefined;
  let leading = false;

  const setLeading = (now: boolean) => {
    if (now !== leading) log.info(now ? 'this node is the relay' : 'this node is no longer the relay');
    leading = now;
    metrics.leader.set(now ? 1 : 0);
  };
  const drop = async () => {
    setLeading(false);
    const old = client;
    client = undefined;
    if (old) await settleWithin(old.end(), 500);
  };
  const connect = async () => {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'campaign-pulse leader',
      connectionTimeoutMillis: 2_000,
      query_timeout: 1_000,
      keepAlive: true,
    });
    fresh.on('error', () => void (client === fresh && drop()));
    await fresh.connect();
    await fresh.query(`set idle_session_timeout = ${silentSessionMs}`);
    client = fresh;
  };

  const work = async () => {
    try {
      if (!client) await connect();
      if (leading) {
        await client?.query('select 1');
        beat();
        return;
      }
      const taken = await client?.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [lockKey]);
      if (!taken?.rows[0]?.held) return;
      setLeading(true);
      beat();
      onElected();
    } catch (error) {
      await drop();
      throw error;
    }
  };

  const loop: Loop = startLoop({ name: 'leadership', everyMs: 500, log, work });
  return {
    isLeader: () => leading,
    async stop() {
      await loop.stop();
      await drop();
    },
  };
}
