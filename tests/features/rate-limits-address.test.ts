import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTokens } from '../../server/platform/auth/tokens.ts';
import { operation } from '../../server/platform/http/operation.ts';
import { createApiRouter } from '../../server/platform/http/router.ts';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { createRateLimits } from '../../server/platform/rate-limit/rate-limits.ts';

const tokens = createTokens({ kind: 'secret', secret: 'a secret of this test alone' });
const log = createLog('silent');
const metrics = createMetrics();
const twoAnHour = { rate: { points: 2, seconds: 3_600 }, burst: null };
const policies = { comments: twoAnHour, edits: twoAnHour, reactions: twoAnHour, flags: twoAnHour, notices: twoAnHour };
const limits = createRateLimits({ policies, prefix: 'pulse', log, metrics });

/** Behind one proxy that it trusts: an operation that needs no token and is limited. */
const app = express().set('trust proxy', 1);
const open = operation({
  method: 'post',
  path: '/open',
  summary: 'Anybody may',
  access: 'public',
  limit: 'flags',
  answers: {},
  handle: async () => ({ status: 201, body: {} }),
});
app.use(createApiRouter({ operations: [open], tokens, seesCampaign: async () => true, limits, log, metrics }));
const server = app.listen(0, '127.0.0.1');
beforeAll(async () => {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(() => {
  server.close();
  limits.stop();
});

async function call(from: string, userId?: number): Promise<number> {
  const headers: Record<string, string> = { 'x-forwarded-for': from };
  if (userId) headers.authorization = `Bearer ${await tokens.sign?.({ sub: String(userId), roles: ['user'] }, '1h')}`;
  const { port } = server.address() as AddressInfo;
  return (await fetch(`http://127.0.0.1:${port}/open`, { method: 'POST', headers })).status;
}

it('without a token the address is limited; with one the user is, wherever they are', async () => {
  const statuses = [];
  for (let n = 0; n < 3; n++) statuses.push(await call('192.0.2.1'));
  expect(statuses).toEqual([201, 201, 429]);
  expect(await call('192.0.2.2')).toBe(201);
  expect([await call('192.0.2.1', 7), await call('192.0.2.9', 7), await call('192.0.2.1', 7)]).toEqual([201, 201, 429]);
  expect(await call('192.0.2.1', 8)).toBe(201);
});
