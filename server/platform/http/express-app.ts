import cors from 'cors';
import express, { type Express, type Router } from 'express';
import { rateLimitHeaders } from '../rate-limit/rate-limits.ts';
import type { ApiOptions } from './answer.ts';
import { createNowhere, createPages } from './pages.ts';
import { createApiRouter } from './router.ts';

export interface ExpressAppOptions {
  api: ApiOptions;
  health: Router;
  documents: Router;
  /** Origins that may ask the API from their pages; none: no CORS headers at all. */
  corsOrigins: string[];
  /** A number of proxies, or a comma list of addresses and networks; '' trusts none. */
  trustProxy: string;
}

/** The API, the health checks and the pages, in this order. */
export function createExpressApp({ api, health, documents, corsOrigins, trustProxy }: ExpressAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  if (trustProxy !== '') app.set('trust proxy', trustOf(trustProxy));
  if (corsOrigins.length > 0) {
    const exposedHeaders = ['State-Version', 'Stream-Position', 'Retry-After', 'X-Request-Id', ...rateLimitHeaders];
    app.use('/api/v1', cors({ origin: corsOrigins, exposedHeaders, maxAge: 600 }));
  }
  app.use('/api/v1', createApiRouter(api));
  app.use(health);
  app.use(createPages());
  app.use(documents); // after the pages: behind their Content-Security-Policy
  app.use(createNowhere());
  return app;
}

/** Never `true`, which would let anyone claim any address. */
function trustOf(value: string): number | string[] {
  return /^\d+$/.test(value) ? Number(value) : value.split(',').map((part) => part.trim());
}
