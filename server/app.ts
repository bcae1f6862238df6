import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import cors from 'cors';
import express, { type Express, type Router } from 'express';
import { startBackgroundAudit } from './audit/background-audit.ts';
import type { Config } from './config.ts';
import { billing } from './features/billing/index.ts';
import { campaigns } from './features/campaigns/index.ts';
import { comments } from './features/comments/index.ts';
import { engagement } from './features/engagement/index.ts';
import { exports } from './features/export/index.ts';
import type { Feature, Services } from './features/feature.ts';
import { identities } from './features/identities/index.ts';
import { impressions } from './features/impressions/index.ts';
import { metrics as metricsFeature } from './features/metrics/index.ts';
import { stats } from './features/stats/index.ts';
import { visibleCampaign } from './features/visible-campaign.ts';
import type { LiveLimits } from './live/admission.ts';
import { startDelivery } from './live/delivery.ts';
import { drain, trackWebSockets } from './live/drain.ts';
import type { LiveServer } from './live/live-socket.ts';
import { startSockets } from './live/sockets.ts';
import { startAccessList } from './platform/auth/access-list.ts';
import { revocable } from './platform/auth/revocable.ts';
import type { Tokens } from './platform/auth/tokens.ts';
import { databaseIdentity } from './platform/database-identity.ts';
import { createPool, dropIdle, endPool, type Pool } from './platform/db.ts';
import type { ApiOptions } from './platform/http/answer.ts';
import { createHealthRouter, type Readiness } from './platform/http/health.ts';
import { withHotPath } from './platform/http/hot-path.ts';
import { createPages } from './platform/http/pages.ts';
import { createApiRouter } from './platform/http/router.ts';
import type { Log } from './platform/log.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import { createRateLimits, type RateLimitsOptions, rateLimitHeaders } from './platform/rate-limit/rate-limits.ts';
import { createStreamPool } from './platform/stream-pool.ts';
import { createLocalBus } from './relay/bus.ts';
import { startEventWindow } from './relay/event-window.ts';
import { createRedisBus } from './relay/redis-bus.ts';

export interface App {
  url: string;
  pool: Pool;
  metrics: Metrics;
  /** Fails readyz, tells and closes the sockets, commits what was accepted, ends every connection. May be called twice. */
  stop(): Promise<void>;
}

export interface AppParts {
  databaseUrl: string;
  tokens: Tokens;
  log: Log;
}

/** Wires everything and listens. `config.DATABASE_URL` is not read here: the caller says which database it is. */
export async function startApp(config: Config, { databaseUrl, tokens: signed, log }: AppParts): Promise<App> {
  const metrics = createMetrics();
  // One pool a kind of work: what is slow in one of them may wait for itself, and holds up nothing else.
  const open = (name: string, max: number, bounds: { statementMs?: number; lockTimeoutMs?: number } = {}) =>
    createPool({ url: databaseUrl, name, max, ...bounds, log });
  const pool = open('read', 9);
  const pastPool = open('past', 2);
  const livePool = open('live', 4);
  const deliveryPool = open('delivery', 3, { statementMs: 2_000 });
  const actPool = open('act', 4, { statementMs: 5_000, lockTimeoutMs: 1_000 });
  const writePool = open('write', 16, { statementMs: 5_000, lockTimeoutMs: 1_000 });
  const exportPool = createStreamPool({ url: databaseUrl, max: 2, log });
  const pools = [pool, pastPool, livePool, deliveryPool, actPool, writePool, exportPool];
  const access = await startAccessList(deliveryPool, log, metrics);
  const tokens = revocable(signed, access);
  const prefix = `pulse:${await databaseIdentity(pool)}`;
  const bus = config.REDIS_URL ? createRedisBus({ url: config.REDIS_URL, prefix, log, metrics }) : createLocalBus();
  const listenUrl = config.DATABASE_LISTEN_URL ?? databaseUrl;

  const limits = config.RATE_LIMITS === 'on' ? createRateLimits({ ...limitsOf(config), prefix, log, metrics }) : null;

  const services: Services = {
    pool,
    writePool,
    actPool,
    pastPool,
    log,
    metrics,
    maxQueue: config.WRITE_QUEUE,
    editWindowSeconds: config.EDIT_WINDOW_SECONDS,
  };
  const features: Feature[] = [campaigns(services), engagement(services), comments(services), impressions(services)];
  features.push(metricsFeature(services), billing(services), stats(services));
  features.push(exports({ exportPool, pool, idleMs: config.EXPORT_IDLE_MS, log, metrics }));
  if (config.demo && tokens.sign) features.push(identities(pool, tokens.sign));

  const delivery = await startDelivery({
    pool: deliveryPool,
    bus,
    listenUrl,
    onDeaf: () => void Promise.all(pools.map(dropIdle)).catch(() => {}),
    log,
    metrics,
  });
  const eventWindow = startEventWindow(pool, log, config.EVENT_WINDOW_HOURS);
  const audit = startBackgroundAudit({
    pool,
    shown: () => [...delivery.rooms.all()].flatMap(({ shownCounters }) => shownCounters ?? []),
    everyMs: config.AUDIT_INTERVAL_MS,
    log,
    metrics,
  });
  const readiness: Readiness = {
    draining: false,
    checks: [() => delivery.fault(), () => databaseFault(deliveryPool)],
    degraded: () => delivery.degraded(),
  };

  const api: ApiOptions = {
    operations: features.flatMap((feature) => feature.operations),
    tokens,
    seesCampaign: async (id, who) =>
      /^[1-9]\d{0,14}$/.test(id) && (await visibleCampaign(pool, Number(id), who)) !== null,
    limits,
    log,
    metrics,
  };
  const app = createExpressApp(config, api, createHealthRouter(readiness, metrics));
  const http = createServer(withHotPath(api, config.CORS_ORIGINS.length > 0, app as unknown as RequestListener));
  http.keepAliveTimeout = 65_000;
  http.headersTimeout = 70_000;
  http.requestTimeout = 30_000;
  const webSockets = trackWebSockets(http);
  const kinds = features.flatMap((feature) => feature.streams ?? []);
  const sockets = startSockets({
    http,
    tokens,
    access,
    pool: livePool,
    delivery,
    kinds,
    limits: liveLimitsOf(config),
    trusts: app.get('trust proxy fn'),
    corsOrigins: config.CORS_ORIGINS,
    handshakeTimeoutMs: config.HANDSHAKE_TIMEOUT_MS,
    polling: config.WORKERS === 1,
    log,
    metrics,
  });
  const url = await listen(http, config);
  log.info({ url }, 'listening');

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    readiness.draining = true;
    http.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
    await closeDoors(sockets.io, http, webSockets);
    await sockets.stop();
    await Promise.all(features.map((feature) => feature.stop?.()));
    limits?.stop();
    await Promise.all([audit.stop(), eventWindow.stop()]);
    await delivery.stop();
    await bus.stop();
    await access.stop();
    await Promise.all(pools.map((one) => endPool(one)));
  };
  return {
    url,
    pool,
    metrics,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

function createExpressApp(config: Config, api: ApiOptions, health: Router): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  if (config.TRUST_PROXY !== '') app.set('trust proxy', trustOf(config.TRUST_PROXY));
  if (config.CORS_ORIGINS.length > 0) {
    const exposedHeaders = ['State-Version', 'Stream-Position', 'Retry-After', 'X-Request-Id', ...rateLimitHeaders];
    app.use('/api/v1', cors({ origin: config.CORS_ORIGINS, exposedHeaders, maxAge: 600 }));
  }
  app.use('/api/v1', createApiRouter(api));
  app.use(health);
  app.use(createPages());
  return app;
}

function limitsOf(config: Config): Pick<RateLimitsOptions, 'policies' | 'redisUrl'> {
  const policies = {
    comments: config.RATE_LIMIT_COMMENTS,
    edits: config.RATE_LIMIT_EDITS,
    reactions: config.RATE_LIMIT_REACTIONS,
    flags: config.RATE_LIMIT_FLAGS,
  };
  return { policies, redisUrl: config.REDIS_URL };
}

function liveLimitsOf(config: Config): LiveLimits | null {
  if (config.RATE_LIMITS === 'off') return null;
  return {
    socketsPerAddress: config.SOCKETS_PER_ADDRESS,
    socketsPerUser: config.SOCKETS_PER_USER,
    messages: config.RATE_LIMIT_MESSAGES,
    subscribes: config.RATE_LIMIT_SUBSCRIBES,
  };
}

async function databaseFault(pool: Pool): Promise<string | null> {
  const answered = pool
    .query('select 1')
    .then(() => null)
    .catch(() => 'the database does not answer');
  const late = new Promise<string>((resolve) => setTimeout(resolve, 1_000, 'the database does not answer').unref());
  return Promise.race([answered, late]);
}

async function listen(http: HttpServer, { PORT, HOST }: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(PORT, HOST, resolve);
  });
  const { port } = http.address() as AddressInfo;
  const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST;
  return `http://${host}:${port}`;
}

/**
 * Sockets are sent away and no more let in, while readyz still answers for a second, so that whoever asks it hears 503
 * before nobody answers. Then no new connections; requests under way are answered, and their connections end with them.
 */
async function closeDoors(io: LiveServer, http: HttpServer, webSockets: ReadonlySet<Duplex>): Promise<void> {
  http.removeAllListeners('upgrade').on('upgrade', refuseUpgrade);
  await Promise.all([drain(io, webSockets), delay(1_000)]);
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  http.closeIdleConnections();
  const patience = new Promise<void>((resolve) => setTimeout(resolve, 10_000).unref());
  await Promise.race([closed, patience]);
  http.closeAllConnections();
  await io.close();
}

function refuseUpgrade(_request: unknown, connection: Duplex): void {
  connection.on('error', () => {}); // it may be gone already
  connection.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\n\r\n');
}

/** A number of proxies, or addresses and networks; `true` would let anyone claim any address. */
function trustOf(value: string): number | string[] {
  return /^\d+$/.test(value) ? Number(value) : value.split(',').map((part) => part.trim());
}
