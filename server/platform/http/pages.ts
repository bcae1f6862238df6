import { readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type RequestHandler, type Response, Router } from 'express';
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
    if (folder) sendPage(response, folder);
    else response.status(503).type('text/plain').send('The pages are not built yet: run `npm run build`.\n');
  });
  return router;
}

/** For what nothing else answered: a person who followed a wrong link is told so by the page, programs in plain. */
export function createNowhere(): RequestHandler {
  const folder = builtFolder();
  return (request, response, next) => {
    const isPerson = request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
    if (folder && isPerson) sendPage(response.status(404), folder);
    else next();
  };
}

const sendPage = (response: Response, folder: string): void =>
  response.sendFile(path.join(folder, 'index.html'), { headers: { 'Cache-Control': 'no-cache' } });

function builtFolder(): string | undefined {
  try {
    const { dir } = JSON.parse(readFileSync(path.join(dist, 'client.json'), 'utf8')) as { dir: string };
    return path.join(dist, dir);
  } catch {
    return undefined;
  }
}
