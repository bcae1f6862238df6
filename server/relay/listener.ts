import { randomBytes } from 'node:crypto';
import pgListen, { type Subscriber } from 'pg-listen';
import { type Loop, startLoop } from '../platform/background-loop.ts';
import type { Pool } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { settleWithin } from '../platform/settle-within.ts';

// pg-listen is CommonJS with `export default` types: under nodenext the import is typed as the namespace.
const createSubscriber = pgListen as unknown as typeof pgListen.default;

const hintChannel = 'campaign_pulse';

export interface Listener {
  /** True while a NOTIFY of our own came back within the deadline: LISTEN works end to end, as nothing else proves. */
  isLive(): boolean;
  stop(): Promise<void>;
}

interface ListenerOptions {
  /** A direct connection: a transaction pooler takes LISTEN and delivers nothing. */
  url: string;
  /** Another way to the same database, to send the canary by. */
  pool: Pool;
  /** Something was written (`what` says of which kind), or may have been while we were away. Only ever a hint. */
  onHint: (what?: string) => void;
  /** A canary did not come back: other connections may be as dead. */
  onDeaf: () => void;
  log: Log;
  metrics: Metrics;
  canaryEveryMs?: number;
  canaryDeadlineMs?: number;
}

/**
 * pg-listen, fenced: it retries for ever with jitter (by default it goes deaf after 3 s of outage), an error handler is
 * always there, and a canary proves it. When a canary that PostgreSQL took does not come back in time (a half-open
 * connection looks healthy otherwise), the subscriber is thrown away and made anew. Each (re)connect gives a hint, since
 * what was notified meanwhile is lost.
 */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const { url, pool, onHint, onDeaf, log, metrics, canaryEveryMs = 1_000, canaryDeadlineMs = 2_000 } = options;
  const canaryChannel = `pulse_canary_${randomBytes(6).toString('hex')}`;
  let subscriber: Subscriber | undefined;
  let abandon = () => {};
  let heardAt: number | null = null;
  let unansweredSince: number | null = null;
  const isLive = () => heardAt !== null && performance.now() - heardAt < canaryEveryMs + canaryDeadlineMs;

  const connect = async () => {
    let abandoned = false;
    // pg-listen goes on reconnecting after close(); throwing here is the only way to end that.
    const retryInterval = () => {
      if (abandoned) throw new Error('this subscriber was replaced');
      return 50 + Math.random() * 450;
    };
    const fresh = createSubscriber(
      {
        connectionString: url,
        application_name: 'campaign-pulse listen',
        keepAlive: true,
        connectionTimeoutMillis: 5_000,
        query_timeout: 5_000,
      },
      {
        retryInterval,
        retryTimeout: Number.POSITIVE_INFINITY,
        paranoidChecking: false,
        parse: String,
      },
    );
    fresh.events.on('error', (error) => log.warn({ cause: error.message }, 'the LISTEN connection failed'));
    abandon = () => {
      abandoned = true;
    };
    fresh.events.on('connected', () => onHint());
    fresh.notifications.on(hintChannel, onHint);
    fresh.notifications.on(canaryChannel, () => {
      heardAt = performance.now();
      unansweredSince = null;
      metrics.listening.set(1);
    });
    await fresh.connect();
    subscriber = fresh;
    await fresh.listenTo(hintChannel);
    await fresh.listenTo(canaryChannel);
    onHint();
  };

  const discard = async () => {
    const old = subscriber;
    subscriber = undefined;
    abandon();
    if (!old) return;
    await settleWithin(old.close(), 500);
  };

  const provedDeaf = () => unansweredSince !== null && performance.now() - unansweredSince > canaryDeadlineMs;
  const canary = async () => {
    metrics.listening.set(isLive() ? 1 : 0);
    if (!subscriber || provedDeaf()) {
      if (subscriber) log.warn('LISTEN is deaf: the canary did not come back; connecting anew');
      onDeaf();
      await discard();
      unansweredSince = null;
      await connect();
    }
    const sentAt = performance.now();
    const notify = {
      text: 'select pg_notify($1, $2)',
      values: [canaryChannel, ''],
      query_timeout: canaryDeadlineMs,
    };
    try {
      await pool.query(notify);
    } catch (error) {
      onDeaf();
      throw error;
    } finally {
      if (heardAt === null || heardAt < sentAt) unansweredSince ??= sentAt;
    }
  };

  await connect();
  const loop: Loop = startLoop({ name: 'listen canary', everyMs: canaryEveryMs, log, work: canary });
  return {
    isLive,
    async stop() {
      await loop.stop();
      await discard();
    },
  };
}
