import { createServer, type RequestListener } from 'node:http';
import { startBackgroundAudit } from './audit/background-audit.ts';
import type { Config } from './config.ts';
import { createDocuments } from './documents/documents.ts';
import { billing } from './features/billing/index.ts';
import { campaigns } from './features/campaigns/index.ts';
import { comments } from './features/comments/index.ts';
import { engagement } from './features/engagement/index.ts';
import { exports } from './features/export/index.ts';
import type { Feature, Services } from './features/feature.ts';
import { identities } from './features/identities/index.ts';
import { impressions } from './features/impressions/index.ts';
import { metrics as metricsFeature } from './features/metrics/index.ts';
import { startAutomod } from './features/moderation/automod.ts';
import { desk } from './features/moderation/desk/index.ts';
import { longestRuleMs } from './features/moderation/rules/rule-set.ts';
import { rules } from './features/moderation/rules-feature.ts';
import { notifications } from './features/notifications/index.ts';
import { noticing } from './features/notifications/members.ts';
import { rights } from './features/rights/index.ts';
import { sanctions } from './features/sanctions/index.ts';
import { createTypingCheck } from './features/sanctions/may-type.ts';
import { stats } from './features/stats/index.ts';
import { visibleCampaign } from './features/visible-campaign.ts';
import { webhooks } from './features/webhooks/index.ts';
import { createResolve, type Resolve } from './features/webhooks/resolve.ts';
import { createSender } from './features/webhooks/send.ts';
import { badTarget } from './features/webhooks/target.ts';
import { liveLimitsOf, rateLimitsOf } from './limits.ts';
import { startDelivery } from './live/delivery.ts';
import { closeDoors, openDoors } from './live/doors.ts';
import { trackWebSockets } from './live/drain.ts';
import { startSockets } from './live/sockets.ts';
import { startAccessList } from './platform/auth/access-list.ts';
import { revocable } from './platform/auth/revocable.ts';
import type { Tokens } from './platform/auth/tokens.ts';
import { databaseFault } from './platform/database-fault.ts';
import { databaseIdentity } from './platform/database-identity.ts';
import { createPool, dropIdle, endPool, type Pool } from './platform/db.ts';
import type { ApiOptions } from './platform/http/answer.ts';
import { createExpressApp } from './platform/http/express-app.ts';
import { createHealthRouter, type Readiness } from './platform/http/health.ts';
import { withHotPath } from './platform/http/hot-path.ts';
import type { Log } from './platform/log.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import { createRateLimits } from './platform/rate-limit/rate-limits.ts';
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
  /** How the hosts of webhooks are found; DNS unless a test says otherwise. */
  resolve?: Resolve;
}

/** Wires everything and listens. `config.DATABASE_URL` is not read here: the caller says which database it is. */
export async function startApp(config: Config, { databaseUrl, tokens: signed, log, resolve }: AppParts): Promise<App> {
  const metrics = createMetrics();
  // One pool a kind of work: what is slow in one of them may wait for itself, and holds up nothing else.
  const open = (name: string, max: number, bounds: { statementMs?: number; lockTimeoutMs?: number } = {}) =>
    createPool({ url: databaseUrl, name, max, ...bounds, log });
  const pool = open('read', 9);
  const pastPool = open('past', 2);
  const livePool = open('live', 4);
  const deliveryPool = open('delivery', 3, { statementMs: 2_000 });
  const actPool = open('act', 4, { statementMs: 5_000, lockTimeoutMs: 1_000 });
  const closingPool = open('closing', 3, { statementMs: 60_000, lockTimeoutMs: 1_000 });
  const writePool = open('write', 16, { statementMs: 5_000, lockTimeoutMs: 1_000 });
  const exportPool = createStreamPool({ url: databaseUrl, max: 2, log });
  const pools = [pool, pastPool, livePool, deliveryPool, actPool, closingPool, writePool, exportPool];
  const access = await startAccessList(deliveryPool, log, metrics);
  const tokens = noticing(revocable(signed, access), actPool, log);
  const prefix = `pulse:${await databaseIdentity(pool)}`;
  const bus = config.REDIS_URL ? createRedisBus({ url: config.REDIS_URL, prefix, log, metrics }) : createLocalBus();
  const listenUrl = config.DATABASE_LISTEN_URL ?? databaseUrl;

  const limits =
    config.RATE_LIMITS === 'on' ? createRateLimits({ ...rateLimitsOf(config), prefix, log, metrics }) : null;

  const target = {
    allowPrivate: config.WEBHOOK_ALLOW_PRIVATE,
    resolve: resolve ?? createResolve(config.WEBHOOK_ALLOW_PRIVATE),
  };
  const external = createSender({ ...target, timeoutMs: longestRuleMs });
  const automod = startAutomod({ pool, mode: config.AUTOMOD, external, maxQueue: config.WRITE_QUEUE, log, metrics });
  const services: Services = {
    pool,
    writePool,
    actPool,
    closingPool,
    pastPool,
    log,
    metrics,
    maxQueue: config.WRITE_QUEUE,
    judge: automod.judge,
    editWindowSeconds: config.EDIT_WINDOW_SECONDS,
  };
  const features: Feature[] = [campaigns(services), engagement(services), comments(services), impressions(services)];
  features.push(metricsFeature(services), billing(services), stats(services));
  features.push(
    sanctions(services),
    rights(services),
    rules({ automod, mode: config.AUTOMOD, checkTarget: (url) => badTarget(url, target), ...services }),
  );
  features.push(exports({ exportPool, pool, idleMs: config.EXPORT_IDLE_MS, log, metrics }));
  const hooks = webhooks(services, {
    ...target,
    timeoutMs: config.WEBHOOK_TIMEOUT_MS,
  });
  features.push(hooks);
  features.push(notifications(services));
  if (config.demo && tokens.sign) features.push(identities(services, tokens.sign));

  const delivery = await startDelivery({
    pool: deliveryPool,
    bus,
    listenUrl,
    onHint: (what) => {
      if (what !== '') hooks.wake();
      for (const feature of features) feature.hint?.();
    },
    onDeaf: () => void Promise.all(pools.map(dropIdle)).catch(() => {}),
    log,
    metrics,
  });
  const { AUTOMOD, newFlaggerHours } = config;
  const { screens, rooms, presence } = delivery;
  features.push(desk({ ...services, automod: AUTOMOD, newFlaggerHours, viewers: presence.viewers, screens, rooms }));
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
  const app = createExpressApp({
    api,
    health: createHealthRouter(readiness, metrics),
    documents: createDocuments(api.operations),
    corsOrigins: config.CORS_ORIGINS,
    trustProxy: config.TRUST_PROXY,
  });
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
    mayType: createTypingCheck(pool),
    onUserGone: (who, isBack) => {
      for (const feature of features) feature.userGone?.(who, isBack);
    },
    limits: liveLimitsOf(config),
    trusts: app.get('trust proxy fn'),
    corsOrigins: config.CORS_ORIGINS,
    handshakeTimeoutMs: config.HANDSHAKE_TIMEOUT_MS,
    polling: config.WORKERS === 1,
    log,
    metrics,
  });
  const url = await openDoors(http, config);
  log.info({ url }, 'listening');

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    readiness.draining = true;
    await closeDoors(sockets.io, http, webSockets, config.SHUTDOWN_DELAY_MS);
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
