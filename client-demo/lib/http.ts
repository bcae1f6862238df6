/**
 * One request to the API: typed answer or typed error, a deadline for each attempt, and retries with jitter where the
 * same request may succeed later. A write keeps its Idempotency-Key over all its attempts, so none can act twice.
 */
import { type Problem, problemSchema } from '../../server/contract/errors.ts';
import { parseJson } from './decimal.ts';
import { backoffMs, type Clock, sleep, systemClock } from './delay.ts';
import type { Position } from './position.ts';
import { isPassing, NoAnswerError, ProblemError } from './problem.ts';

export interface Reader<T> {
  parse(body: unknown): T;
}

export interface Request<T> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  answer: Reader<T>;
  body?: unknown;
  /** Idempotency-Key of this act; made up when a write has none, and kept over its attempts. */
  key?: string;
  deadlineMs?: number;
  attempts?: number;
}

/** `version` is the State-Version header: the version that the counters in the answer have as state frames. */
export interface Answered<T> {
  value: T;
  status: number;
  version: number | null;
  /** Where the campaign's stream stood with this write in it (the Stream-Position header). */
  position: Position | null;
}

export interface Credentials {
  token(): Promise<string | null>;
  /** Called when `stale` was refused; answers another token, or null when there is none to get. */
  renew(stale: string): Promise<string | null>;
}

export interface HttpOptions {
  base?: string;
  fetch?: typeof fetch;
  clock?: Clock;
  credentials?: Credentials;
}

export type Http = <T>(request: Request<T>) => Promise<Answered<T>>;

const backoff = { baseMs: 300, capMs: 4_000 };
const LONGEST_WAIT_MS = 10_000;

export function createHttp(options: HttpOptions = {}): Http {
  const clock = options.clock ?? systemClock;
  return async (request) => {
    const kept = request.method === 'GET' ? request : { ...request, key: request.key ?? crypto.randomUUID() };
    const attempts = request.attempts ?? 4;
    for (let attempt = 0; ; attempt++) {
      try {
        return await signedAttempt(options, kept);
      } catch (error) {
        const wait = waitBefore(error, backoffMs(backoff, attempt, clock.random));
        if (!isPassing(error) || attempt + 1 >= attempts || wait > LONGEST_WAIT_MS) throw error;
        await sleep(clock, wait);
      }
    }
  };
}

function waitBefore(error: unknown, backoffDelay: number): number {
  const asked = error instanceof ProblemError ? (error.retryAfterMs ?? 0) : 0;
  return asked + backoffDelay;
}

/** A refused token is renewed once and the request sent again: the refusal came before anything was done. */
async function signedAttempt<T>(options: HttpOptions, request: Request<T>): Promise<Answered<T>> {
  const token = (await options.credentials?.token()) ?? null;
  try {
    return await attemptOnce(options, request, token);
  } catch (error) {
    if (token === null || !(error instanceof ProblemError) || error.problem.status !== 401) throw error;
    const renewed = (await options.credentials?.renew(token)) ?? null;
    if (renewed === null || renewed === token) throw error;
    return attemptOnce(options, request, renewed);
  }
}

async function attemptOnce<T>(options: HttpOptions, request: Request<T>, token: string | null): Promise<Answered<T>> {
  const { response, body } = await exchange(options, request, token);
  if (!response.ok) throw new ProblemError(readProblem(response, body), retryAfterMs(response));
  const version = Number(response.headers.get('state-version') ?? Number.NaN);
  return {
    value: readBody(request.answer, body),
    status: response.status,
    version: Number.isFinite(version) ? version : null,
    position: positionIn(response.headers.get('stream-position') ?? ''),
  };
}

function positionIn(header: string): Position | null {
  const [, epoch, seq] = /epoch="([^"]+)", seq=(\d+)/.exec(header) ?? [];
  return epoch === undefined ? null : { epoch, seq: Number(seq) };
}

async function exchange<T>(options: HttpOptions, request: Request<T>, token: string | null) {
  const headers = new Headers({ accept: 'application/json' });
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  if (request.key !== undefined) headers.set('idempotency-key', request.key);
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  try {
    const response = await (options.fetch ?? fetch)(`${options.base ?? ''}/api/v1${request.path}`, {
      method: request.method,
      headers,
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      signal: AbortSignal.timeout(request.deadlineMs ?? 10_000),
    });
    const body: unknown = await response
      .text()
      .then(parseJson)
      .catch(() => null);
    return { response, body };
  } catch (cause) {
    throw new NoAnswerError(`${request.method} ${request.path} got no answer`, { cause });
  }
}

function readBody<T>(reader: Reader<T>, body: unknown): T {
  try {
    return reader.parse(body);
  } catch (cause) {
    throw new NoAnswerError('The answer does not have the expected shape', { cause });
  }
}

function readProblem(response: Response, body: unknown): Problem {
  const problem = problemSchema.safeParse(body);
  if (problem.success) return problem.data;
  const { status, statusText } = response;
  return { type: 'about:blank', title: statusText, status, detail: '', code: 'internal', requestId: '' };
}

/** RFC 9110: seconds, or a date. */
function retryAfterMs(response: Response): number | null {
  const value = response.headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
