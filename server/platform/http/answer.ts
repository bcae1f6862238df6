import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Request, type Response } from 'express';
import type { z } from 'zod';
import { type ProblemCode, problems } from '../../contract/errors.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Principal } from '../auth/principal.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { PolicyName } from '../rate-limit/policy.ts';
import type { RateLimits } from '../rate-limit/rate-limits.ts';
import { type Receipt, receiptOf } from '../receipt.ts';
import { Refusal } from '../refusal.ts';
import { exactJson } from './exact.ts';
import { parseJsonBody } from './json-body.ts';
import type { Call, Operation } from './operation.ts';
import { sendProblem } from './problem.ts';

export interface ApiOptions {
  operations: Operation[];
  tokens: Tokens;
  /** May this person know that the campaign is there? */
  seesCampaign: (campaignId: string, who: Principal | null) => Promise<boolean>;
  /** Null: they are off. */
  limits: RateLimits | null;
  log: Log;
  metrics: Metrics;
}

/** A request on its way to its operation, whichever door it came by. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Decoded, not parsed. */
  params: Record<string, unknown>;
  query: unknown;
  /** Worked out from the proxy settings, so only for those who ask. */
  ip(): string;
}

const readBytes = express.raw({ type: () => true, limit: '1mb' });

/** Authorise, parse, handle, answer; every failure is problem+json. */
export function answer(operation: Operation, options: ApiOptions, exchange: Exchange): void {
  const { method, path } = operation;
  const { response } = exchange;
  const requestId = requestIdOf(exchange.request, response);
  const timed = options.metrics.httpRequests.startTimer({ method, route: path });
  handle(operation, options, exchange)
    .catch((error: unknown) => sendProblem(response, error, requestId, options.log))
    .finally(() => timed({ status: response.statusCode }));
}

/** One id a request, in the answer and in every problem; a proxy's own is kept when it is harmless. */
export function requestIdOf(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}

async function handle(operation: Operation, options: ApiOptions, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const who = await principalOf(options.tokens, request);
  const handled = readCall(operation, options, exchange, who).then((call) => operation.handle(call));
  const { status, body, headers, stream } = await handled.catch(async (error: unknown) => {
    throw (await hiddenFrom(operation, options, exchange, who, error)) ?? error;
  });
  if (stream) return stream(request, response);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  if (who || operation.method !== 'get') response.setHeader('Cache-Control', 'no-store');
  for (const name in headers) response.setHeader(name, headers[name] ?? '');
  response.end(exactJson(body));
}

async function principalOf(tokens: Tokens, request: IncomingMessage): Promise<Principal | null> {
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  const [, token] = /^Bearer +([^\s]+)$/i.exec(authorization) ?? [];
  if (!token) throw new Refusal('invalid_token');
  return tokens.verify(token);
}

/** 401 and 403 first, then what is wrong with the call itself, which costs nothing; then 429, which keeps no receipt. */
async function readCall(
  operation: Operation,
  { limits }: ApiOptions,
  exchange: Exchange,
  who: Principal | null,
): Promise<Call<unknown, unknown, unknown>> {
  await authorise(operation, exchange, who);
  const params = parse(operation.params, exchange.params, 'invalid_id');
  const query = parse(operation.query, exchange.query, 'invalid_query');
  const body = parse(operation.body, await bodyOf(operation, exchange), 'invalid_body');
  const receipt = receiptFor(operation, exchange, who, { params, body });
  const limit = typeof operation.limit === 'function' ? operation.limit({ ...(query as object) }) : operation.limit;
  if (limits && limit) await withinLimit(limits, limit, { exchange, who, receipt });
  return {
    params,
    query,
    body,
    who,
    receipt,
    get ip() {
      return exchange.ip();
    },
    userAgent: exchange.request.headers['user-agent']?.slice(0, 1_000) ?? null,
  };
}

async function authorise({ access }: Operation, { params: { id } }: Exchange, who: Principal | null): Promise<void> {
  if (access === 'public') return;
  if (!who) throw new Refusal('unauthenticated');
  if (access !== 'signed-in' && !(await access(who, String(id)))) throw new Refusal('forbidden');
}

/** The same key again is the same act: it has been paid for, and may not be refused the answer that is kept for it. */
async function withinLimit(
  limits: RateLimits,
  name: PolicyName,
  { exchange, who, receipt }: { exchange: Exchange; who: Principal | null; receipt: Receipt | null },
): Promise<void> {
  const act = receipt && `${receipt.scope} ${receipt.key}`;
  const { allowed, seconds, headers } = await limits.take(name, callerOf(exchange, who), act);
  for (const field in headers) exchange.response.setHeader(field, headers[field] ?? '');
  if (!allowed) throw new Refusal('rate_limited', { retryAfterSeconds: seconds });
}

/** A user wherever they are, so that those behind one address share nothing; else the address. */
function callerOf({ ip }: Exchange, who: Principal | null): string {
  return who ? `user ${who.userId}` : `address ${ip()}`;
}

/**
 * Before 400, 401 and 403 strangers hear 404 of a campaign that is not public and of what belongs to it. Asked only when
 * a call is refused, so that a good one costs no query.
 */
async function hiddenFrom(
  { ofCampaign }: Operation,
  { seesCampaign }: ApiOptions,
  { params: { id } }: Exchange,
  who: Principal | null,
  error: unknown,
): Promise<Refusal | null> {
  if (!ofCampaign || !(error instanceof Refusal) || ![400, 401, 403].includes(problems[error.code].status)) return null;
  if (!idParamSchema.safeParse(id).success) return null;
  const campaignId = ofCampaign === true ? Number(id) : await ofCampaign(Number(id), who);
  if (campaignId !== null && (await seesCampaign(String(campaignId), who))) return null;
  return new Refusal(ofCampaign === true ? 'unknown_campaign' : 'unknown_comment');
}

async function bodyOf(operation: Operation, { request, response }: Exchange): Promise<unknown> {
  const { 'content-length': length, 'transfer-encoding': encoding, 'content-type': type } = request.headers;
  const empty = encoding === undefined && (length === undefined || length === '0');
  if (request.method === 'GET') return undefined;
  if (empty) return operation.body ? {} : undefined;
  await new Promise<void>((resolve, reject) => {
    // The reader takes what Node gives it and leaves the bytes in `body`; its types ask for Express's own.
    readBytes(request as Request, response as Response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  return parseJsonBody((request as Request).body as Uint8Array, type, operation.lenientBody ?? false);
}

function parse(schema: z.ZodType | undefined, value: unknown, code: ProblemCode): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ pointer: jsonPointer(path), message }));
  throw new Refusal(code, { errors });
}

/** RFC 6901: the whole document is the empty string. */
function jsonPointer(path: PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The scope is the operation and what its path names, however the address was spelt. */
function receiptFor(
  { method, path }: Operation,
  exchange: Exchange,
  who: Principal | null,
  { params, body }: { params: unknown; body: unknown },
): Receipt | null {
  const key = exchange.request.headers['idempotency-key'];
  if (method === 'get' || key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw new Refusal('invalid_idempotency_key');
  const scope = `${callerOf(exchange, who)} ${method} ${path} ${JSON.stringify(params) ?? ''}`;
  try {
    return receiptOf(scope, key, body);
  } catch {
    throw new Refusal('invalid_body', { detail: 'the body is nested too deeply' });
  }
}
