import { Router } from 'express';
import type { Metrics } from '../metrics.ts';

export interface Readiness {
  draining: boolean;
  /** Each answers null when all is well, else a sentence. */
  checks: (() => string | null | Promise<string | null>)[];
  /** What is missing but can be lived without. */
  degraded: () => string | null;
}

/** healthz: the process lives. readyz: it can do its work now, else 503 with the reasons. metrics: Prometheus. */
export function createHealthRouter(readiness: Readiness, { registry }: Metrics): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/readyz', async (_request, response) => {
    const faults = await Promise.all(readiness.checks.map((check) => check()));
    const reasons = faults.filter((fault) => fault !== null);
    if (readiness.draining) reasons.unshift('the server is shutting down');
    const degraded = readiness.degraded();
    response.setHeader('Cache-Control', 'no-store');
    if (reasons.length > 0) response.setHeader('Retry-After', '1');
    const status = reasons.length > 0 ? 'unavailable' : degraded ? 'degraded' : 'ready';
    response.status(reasons.length > 0 ? 503 : 200).json({ status, reasons, degraded: degraded ? [degraded] : [] });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
