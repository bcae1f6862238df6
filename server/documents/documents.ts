import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import express, { Router } from 'express';
import { problems } from '../contract/errors.ts';
import { streams } from '../contract/live.ts';
import { inCheckout } from '../platform/checkout.ts';
import type { Operation } from '../platform/http/operation.ts';
import { asyncApiOf } from './asyncapi.ts';
import { openApiOf } from './openapi.ts';
import { css, page, table } from './page.ts';

const require = createRequire(import.meta.url);
const { version } = JSON.parse(readFileSync(inCheckout('package.json'), 'utf8')) as {
  version: string;
};
const swagger = path.dirname(require.resolve('swagger-ui-dist/package.json'));

const start = `const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();
window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'none',
  persistAuthorization: false,
  validatorUrl: null,
});
`;

/** What the server says of itself: both documents, and pages to read them. Made once, from what it serves. */
export function createDocuments(operations: Operation[]): Router {
  const openApi = JSON.stringify(openApiOf(operations, version));
  const asyncApi = JSON.stringify(asyncApiOf(version));
  const router = Router();
  const answer = (at: string, type: string, body: string) =>
    router.get(at, (_request, response) => {
      response.type(type).setHeader('Cache-Control', 'no-cache');
      response.send(body);
    });
  answer('/openapi.json', 'application/json', openApi);
  answer('/asyncapi.json', 'application/json', asyncApi);
  answer('/docs', 'text/html', httpPage);
  answer('/docs/live', 'text/html', livePage());
  answer('/docs/problems', 'text/html', problemsPage());
  answer('/docs/docs.css', 'text/css', css);
  answer('/docs/start.js', 'text/javascript', start);
  const assets = express.static(swagger, { index: false, maxAge: '1h' });
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js'])
    router.get(`/docs/${file}`, (request, response, next) => {
      request.url = `/${file}`;
      assets(request, response, next);
    });
  return router;
}

const httpPage = page({
  title: 'HTTP API',
  styles: ['/docs/swagger-ui.css'],
  scripts: ['/docs/swagger-ui-bundle.js', '/docs/start.js'],
  body: '<div id="swagger-ui"></div>',
});

function livePage(): string {
  const rows = Object.entries(streams).map(([stream, { who, log, state }]) => ({
    id: stream,
    cells: [stream, who, log.join(', '), state.join(', ')],
  }));
  return page({
    title: 'Live streams',
    body: `<p>Socket.IO 4, default path and namespace. Subscribe with <code>{stream, epoch?, seq?}</code>; shapes are in
      <a href="/asyncapi.json">asyncapi.json</a>.</p>${table(['Stream', 'Who', 'Log events', 'States'], rows)}`,
  });
}

function problemsPage(): string {
  const rows = Object.entries(problems).map(([code, { status, title }]) => ({
    id: code,
    cells: [code, String(status), title],
  }));
  return page({
    title: 'Problems',
    body: `<p>Every 4xx and 5xx answer is RFC 9457 problem details; <code>code</code> is one of these.</p>
      ${table(['Code', 'Status', 'Meaning'], rows)}`,
  });
}
