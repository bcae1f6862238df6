/** An API that answers what a test tells it to, and remembers what it was asked. */
import { type Credentials, createHttp, type Http } from '../http.ts';
import { FakeClock } from './fake-clock.ts';

export interface Call {
  method: string;
  path: string;
  key: string | null;
  token: string | null;
  body: unknown;
}

/** A body is a 200; `no answer` is a connection that breaks. */
export type Canned = { status: number; body: unknown; headers?: Record<string, string> } | 'no answer';

export interface FakeServer {
  http: Http;
  clock: FakeClock;
  calls: Call[];
  answer: (call: Call) => Canned | Promise<Canned>;
}

export function createFakeServer(credentials?: Credentials): FakeServer {
  const clock = new FakeClock();
  const server: FakeServer = { clock, calls: [], answer: () => 'no answer', http: createHttp() };
  const exchange: typeof fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    const call: Call = {
      method: init?.method ?? 'GET',
      path: String(url).replace('/api/v1', ''),
      key: headers.get('idempotency-key'),
      token: headers.get('authorization'),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    server.calls.push(call);
    const canned = await server.answer(call);
    if (canned === 'no answer') throw new TypeError('Failed to fetch');
    return new Response(JSON.stringify(canned.body), { status: canned.status, headers: canned.headers ?? {} });
  };
  server.http = createHttp({ fetch: exchange, clock, ...(credentials && { credentials }) });
  return server;
}

export const problem = (status: number, code: string): Canned => ({
  status,
  body: { type: 'about:blank', title: code, status, detail: '', code, requestId: 'r' },
});
