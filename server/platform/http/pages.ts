import { readFileSync } from 'node:fs';
import path from 'node:path';
import express, { Router } from 'express';
import helmet from 'helmet';
import { inCheckout } from '../checkout.ts';

const dist = inCheckout('dist');
const pagePaths = [
  '/',
  '/campaigns/:id',
  '/advertiser',
  '/advertiser/:id',
  '/moderation',
  '/moderation/:rest',
  '/settings',
  '/settings/:of',
  '/settings/:of/:id',
];

/** The client demo, as `npm run build` left it: assets for a year (their names carry a hash), pages never cached. */
export function createPages(): Router {
  const router = Router();
  const folder = builtFolder();
  router.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          workerSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: false,
    }),
  );
  if (folder) {
    router.use(
      '/assets',
      express.static(path.join(folder, 'assets'), { immutable: true, maxAge: '365d', index: false }),
    );
    router.use(express.static(folder, { index: false, maxAge: 0 }));
  }
  router.get(pagePaths, (_request, response) => {
    if (folder) response.sendFile(path.join(folder, 'index.html'), { headers: { 'Cache-Control': 'no-cache' } });
    else response.status(503).type('text/plain').send('The pages are not built yet: run `npm run build`.\n');
  });
  return router;
}

function builtFolder(): string | undefined {
  try {
    const { dir } = JSON.parse(readFileSync(path.join(dist, 'client.json'), 'utf8')) as { dir: string };
    return path.join(dist, dir);
  } catch {
    return undefined;
  }
}
