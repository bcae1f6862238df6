import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import type { ProblemCode } from '../../contract/errors.ts';
import type { Principal } from '../auth/principal.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { type Receipt, receiptOf } from '../receipt.ts';
import { Refusal } from '../refusal.ts';
import { parseJsonBody } from './json-body.ts';
import type { Call, Operation } from './operation.ts';
import { sendProblem } from './problem.ts';

interface RouterOptions {
  operations: Operation[];
  tokens: Tokens;
  /** May this person know that the campaign is there? */
  seesCampaign: (campaignId: string, who: Principal | null) => Promise<boolean>;
  log: Log;
  metrics: Metrics;
}

const readBytes = express.raw({ type: () => true, limit: '1mb' });

/** Express routes for a list of operations: authorise, then parse, then handle; every failure is problem+json. */
export function createApiRouter(options: RouterOptions): Router {
  const { operations, log, metrics } = options;
  const router = Router();
  for (const operation of operations) {
    const { method, path } = operation;
    router[method](path, (request, response) => {
      const requestId = requestIdOf(request, response);
      const timed = metrics.httpRequests.startTimer({ method, route: path });
      answer(operation, options, request, response)
        .catch((error: unknown) => sendProblem(response, error, requestId, log))
        .finally(() => timed({ status: response.statusCode }));
    });
  }
  for (const path of new Set(operations.map((operation) => operation.path))) {
    const allowed = operations.filter((operation) => operation.path === path).map(({ method }) => method.toUpperCase());
    router.all(path, (request, response) => {
      if (request.method === 'OPTIONS') {
        response.setHeader('Allow', allowed.join(', ')).status(204).end();
        return;
      }
      const refusal = new Refusal('method_not_allowed', { headers: { Allow: allowed.join(', ') } });
      sendProblem(response, refusal, requestIdOf(request, response), log);
    });
  }
  router.use((request, response) =>
    sendProblem(response, new Refusal('not_found'), requestIdOf(request, response), log),
  );
  return router;
}

async function answer(
  operation: Operation,
  options: RouterOptions,
  request: Request,
  response: Response,
): Promise<void> {
  const who = await principalOf(options.tokens, request);
  await authorise(operation, options, request, who);
  const params = parse(operation.params, request.params, 'invalid_id');
  const query = parse(operation.query, request.query, 'invalid_query');
  const body = parse(operation.body, await bodyOf(operation, request, response), 'invalid_body');
  const call: Call<unknown, unknown, unknown> = {
    params,
    query,
    body,
    who,
    receipt: receiptFor(operation, request, who, body),
    ip: request.ip ?? '',
    userAgent: request.headers['user-agent']?.slice(0, 1_000) ?? null,
  };
  const { status, body: result, headers } = await operation.handle(call);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  if (who || operation.method !== 'get') response.setHeader('Cache-Control', 'no-store');
  for (const name in headers) response.setHeader(name, headers[name] ?? '');
  response.end(JSON.stringify(result));
}

async function principalOf(tokens: Tokens, request: Request): Promise<Principal | null> {
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  const [, token] = /^Bearer +([^\s]+)$/i.exec(authorization) ?? [];
  if (!token) throw new Refusal('invalid_token');
  return tokens.verify(token);
}

async function authorise(operation: Operation, options: RouterOptions, request: Request, who: Principal | null) {
  const { access } = operation;
  const refusal: ProblemCode | null =
    access === 'public' ? null : !who ? 'unauthenticated' : access === 'signed-in' || access(who) ? null : 'forbidden';
  if (!refusal) return;
  const { id } = request.params;
  if (operation.ofCampaign && typeof id === 'string' && !(await options.seesCampaign(id, who))) {
    throw new Refusal('unknown_campaign');
  }
  throw new Refusal(refusal);
}

async function bodyOf(operation: Operation, request: Request, response: Response): Promise<unknown> {
  const { 'content-length': length, 'transfer-encoding': encoding, 'content-type': type } = request.headers;
  const empty = encoding === undefined && (length === undefined || length === '0');
  if (request.method === 'GET') return undefined;
  if (empty) return operation.body ? {} : undefined;
  await new Promise<void>((resolve, reject) => {
    readBytes(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  return parseJsonBody(request.body as Uint8Array, type, operation.lenientBody ?? false);
}

function parse(schema: z.ZodType | undefined, value: unknown, code: ProblemCode): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, message }));
  throw new Refusal(code, { errors });
}

function receiptFor({ method }: Operation, request: Request, who: Principal | null, body: unknown): Receipt | null {
  const key = request.headers['idempotency-key'];
  if (method === 'get' || key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw new Refusal('invalid_idempotency_key');
  const scope = `${who ? `user ${who.userId}` : `address ${request.ip}`} ${request.method} ${request.path}`;
  return receiptOf(scope, key, body);
}

/** One id a request, in the answer and in every problem; a proxy's own is kept when it is harmless. */
function requestIdOf(request: Request, response: Response): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}
