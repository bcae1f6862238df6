import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApi } from './api.ts';

const calls: { key: unknown; at: number }[] = [];
let retryAfter = '1';
const server = createServer((request, response) => {
  calls.push({ key: request.headers['idempotency-key'], at: performance.now() });
  const status = calls.length === 1 ? 429 : 201;
  response.writeHead(status, status === 429 ? { 'retry-after': retryAfter } : {}).end('{}');
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

it('a refusal for the rate is waited out as long as the server says, and sent again with the same key', async () => {
  const api = createApi(url);
  expect(await api.call('POST', '/x', { body: {}, idempotencyKey: 'k' })).toMatchObject({ status: 201 });
  api.close();
  const [refused, taken] = calls;
  expect([refused?.key, taken?.key]).toEqual(['k', 'k']);
  expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

it('a wait of hours is none to be waited out', async () => {
  calls.length = 0;
  retryAfter = '3600';
  const api = createApi(url);
  await expect(api.call('POST', '/x', {})).rejects.toThrow(/did not take a request/);
  api.close();
});
