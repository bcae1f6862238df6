import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import type { PolicyName } from '../rate-limit/policy.ts';
import type { Receipt } from '../receipt.ts';

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

/** What a handler gets: parsed by the operation's schemas, so it can trust every field. */
export interface Call<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  who: Principal | null;
  /** Set when the client sent an Idempotency-Key. */
  receipt: Receipt | null;
  ip: string;
  userAgent: string | null;
}

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** Writes the answer instead of `body`, status and headers included; what it throws before them is problem+json. */
  stream?(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Who may call: anyone, anyone with a token, or whoever the predicate lets in (else 403); `id` is the path's, unparsed. */
export type Access = 'public' | 'signed-in' | ((who: Principal, id: string) => boolean | Promise<boolean>);

/** One call of the API as data: the router, the OpenAPI document and the tests read the same thing. */
export interface Operation {
  method: Method;
  /** Below /api/v1, in Express's form. */
  path: string;
  summary: string;
  access: Access;
  /**
   * The path's `:id` is a campaign, or a comment of the campaign that this finds (null: there is no such comment). Where
   * that campaign is not public, strangers hear 404 before 400, 401 and 403.
   */
  ofCampaign?: true | ((commentId: number, who: Principal | null) => Promise<number | null>);
  /** Each call takes one from this budget of its user, or of its address without a token; an empty one is 429. */
  limit?: PolicyName | ((query: Readonly<Record<string, unknown>>) => PolicyName);
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** A body may also come as text/plain (sendBeacon), and a bad string is the handler's to judge. */
  lenientBody?: boolean;
  /** Called so often that it is answered before Express; see withHotPath. */
  hot?: true;
  answers: Record<number, z.ZodType>;
  handle(call: Call<unknown, unknown, unknown>): Promise<Answer>;
}

type Parsed<S> = S extends z.ZodType ? z.infer<S> : undefined;

interface TypedOperation<P, Q, B> extends Omit<Operation, 'params' | 'query' | 'body' | 'handle'> {
  params?: P;
  query?: Q;
  body?: B;
  handle(call: Call<Parsed<P>, Parsed<Q>, Parsed<B>>): Promise<Answer>;
}

/** Types a handler by its operation's schemas; the router parses by the same ones, which is what makes this sound. */
export function operation<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(definition: TypedOperation<P, Q, B>): Operation {
  return definition as unknown as Operation;
}

/** For operations that need a token: who it speaks for. The router has refused everybody else. */
export function caller(call: { who: Principal | null }): Principal {
  if (!call.who) throw new Error('an operation without a signed-in access asked for its caller');
  return call.who;
}
