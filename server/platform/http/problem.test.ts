import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { Refusal } from '../refusal.ts';
import { sendProblem } from './problem.ts';

let server: Server;
let failure: unknown;
beforeAll(async () => {
  const app = express();
  app.use((_, response) => sendProblem(response, failure, 'request-1', createLog('silent')));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

async function answerTo(error: unknown) {
  failure = error;
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const { code, status } = (await response.json()) as { code: string; status: number };
  expect(response.status).toBe(status);
  return `${status} ${code}, again after ${response.headers.get('retry-after')}`;
}
const failing = (properties: object, message = 'boom') => Object.assign(new Error(message), properties);

describe('what failed', () => {
  it.each([
    ['a terminated connection', failing({ code: '57P01' })],
    ['a database that starts up', failing({ code: '57P03' })],
    ['too many connections', failing({ code: '53300' })],
    ['a refused connection', failing({ code: 'ECONNREFUSED' })],
    ['a pool without a free client', failing({}, 'timeout exceeded when trying to connect')],
    ['a statement that ran out of time behind somebody’s lock', failing({ code: '57014' })],
    ['a deadlock', failing({ code: '40P01' })],
    ['a serialisation failure', failing({ code: '40001' })],
    ['a lock that was not to be had', failing({ code: '55P03' })],
    ['a full queue', new Refusal('unavailable')],
  ])('by %s is 503, and the client may come back', async (_, error) => {
    expect(await answerTo(error)).toBe('503 unavailable, again after 1');
  });

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a constraint', failing({ code: '23514' })],
    ['a missing function', failing({ code: '42883' })],
    ['a string', 'a secret'],
    ['an error that calls itself 404', failing({ status: 404 })],
  ])('by %s is 500', async (_, error) => {
    expect(await answerTo(error)).toBe('500 internal, again after null');
  });

  it('by the client is said as the body’s reader says it', async () => {
    expect(await answerTo(failing({ type: 'entity.too.large', status: 413 }))).toMatch(/^413 body_too_large/);
    expect(await answerTo(failing({ type: 'encoding.unsupported', status: 415 }))).toMatch(
      /^415 unsupported_media_type/,
    );
    expect(await answerTo(failing({ status: 400 }, 'incorrect header check'))).toMatch(/^400 invalid_body/);
    expect(await answerTo(new URIError('URI malformed'))).toMatch(/^400 invalid_id/);
    expect(await answerTo(new Refusal('rate_limited', { retryAfterSeconds: 7 }))).toBe(
      '429 rate_limited, again after 7',
    );
  });
});
