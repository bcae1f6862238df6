import http from 'node:http';
import https from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { CommandFailed } from '../failure.ts';

export interface ApiRequest {
  token?: string;
  body?: unknown;
  /** With it, a POST that is sent again is still written once. */
  idempotencyKey?: string;
}

export interface ApiAnswer {
  status: number;
  body: unknown;
}

/** The HTTP door of a running server. */
export interface Api {
  url: string;
  /**
   * Asks again after 503 and a broken connection, for 30 s, and after 429 when it is told to, as long as each wait is 30 s
   * at most: a server that limits one author's rate is well. Any other status is an answer.
   */
  call(method: string, path: string, request?: ApiRequest): Promise<ApiAnswer>;
  /** How many times something was asked again. */
  retries(): number;
  close(): void;
}

const giveUpAfterMs = 30_000;
const timeoutMs = 15_000;
/** As in problem+json; a proxy's own error page has no code. */
const problemShape = z.object({ code: z.string(), detail: z.string() }).catch({ code: 'no code', detail: '' });

export function createApi(url: string): Api {
  const isTls = url.startsWith('https:');
  const agent = isTls ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
  let retries = 0;

  const call = async (method: string, path: string, request: ApiRequest = {}): Promise<ApiAnswer> => {
    let giveUpAt = performance.now() + giveUpAfterMs;
    for (let pauseMs = 50; ; pauseMs = Math.min(2_000, pauseMs * 2)) {
      const answer = await exchange(new URL(path, url), { isTls, agent, method, ...request }).catch(
        (error: Error) => error,
      );
      if (!(answer instanceof Error) && answer.status !== 429 && answer.status !== 503) return answer;
      const waitMs = answer instanceof Error ? pauseMs : Math.max(pauseMs, answer.retryAfterMs);
      if (performance.now() > giveUpAt || waitMs > giveUpAfterMs) throw unreachable(url, answer);
      if (!(answer instanceof Error) && answer.status === 429) giveUpAt = performance.now() + waitMs + giveUpAfterMs;
      retries++;
      await delay(waitMs);
    }
  };
  return { url, call, retries: () => retries, close: () => agent.destroy() };
}

/** Why an answer is not what was asked for, in words that end a sentence. */
export function refusalOf({ status, body }: ApiAnswer): string {
  const { code, detail } = problemShape.parse(body);
  return `${status} ${code}${detail === '' ? '' : `: ${detail}`}`;
}

interface Exchange extends ApiRequest {
  isTls: boolean;
  agent: http.Agent;
  method: string;
}

/** node:http and not fetch: at full speed the sender takes half of the CPU that it would. */
function exchange(url: URL, how: Exchange): Promise<ApiAnswer & { retryAfterMs: number }> {
  const { isTls, agent, method, token, body, idempotencyKey } = how;
  const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const headers: http.OutgoingHttpHeaders = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': payload.length }),
  };
  return new Promise((resolve, reject) => {
    const request = (isTls ? https : http).request(url, { agent, method, headers, timeout: timeoutMs }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const retryAfterMs = (Number(response.headers['retry-after']) || 0) * 1_000;
        resolve({ status: response.statusCode ?? 0, body: jsonOf(Buffer.concat(chunks)), retryAfterMs });
      });
    });
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error(`no answer in ${timeoutMs / 1_000} s`)));
    request.end(payload);
  });
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

function unreachable(url: string, last: ApiAnswer | Error): CommandFailed {
  const reason = last instanceof Error ? last.message || String(last) : refusalOf(last);
  return new CommandFailed(`${url} did not take a request for ${giveUpAfterMs / 1_000} s; the last reason: ${reason}.`);
}
