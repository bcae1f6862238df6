import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Credentials, createHttp } from './http.ts';
import { ProblemError } from './problem.ts';
import { FakeClock } from './testing/fake-clock.ts';

interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}
const fine: Answer = { status: 200, body: { ok: true } };
const problem = (status: number, code: string) => ({
  status,
  body: { type: 'about:blank', title: code, status, detail: '', code, requestId: 'r' },
});

function setUp(answers: (Answer | 'broken')[], credentials?: Credentials) {
  const clock = new FakeClock();
  const sent: { url: string; headers: Headers; at: number }[] = [];
  const answerNext: typeof fetch = async (url, init) => {
    sent.push({ url: String(url), headers: new Headers(init?.headers), at: clock.now() });
    const answer = answers.shift() ?? fine;
    if (answer === 'broken') throw new TypeError('Failed to fetch');
    return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status, headers: answer.headers ?? {} });
  };
  const http = createHttp({ fetch: answerNext, clock, ...(credentials && { credentials }) });
  const call = (method: 'GET' | 'POST') => {
    const outcome = http({
      method,
      path: '/x',
      answer: z.object({ ok: z.boolean() }),
      body: method === 'POST' ? {} : undefined,
    });
    return outcome.then(
      (answer) => ({ ...answer, error: undefined }),
      (error: unknown) => ({ error }),
    );
  };
  return { clock, sent, call };
}

describe('a request', () => {
  it('of a write keeps one Idempotency-Key over all its attempts', async () => {
    const { call, sent, clock } = setUp(['broken', problem(503, 'overloaded')]);
    const outcome = call('POST');
    await clock.pass(20_000);
    expect(await outcome).toMatchObject({ value: { ok: true }, status: 200 });
    const keys = sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('of a read has no key', async () => {
    const { call, sent } = setUp([]);
    await call('GET');
    expect(sent[0]?.headers.has('idempotency-key')).toBe(false);
  });

  it('waits as long as Retry-After says, and goes under the same key again', async () => {
    const { call, sent, clock } = setUp([{ ...problem(429, 'rate_limited'), headers: { 'retry-after': '2' } }]);
    const outcome = call('POST');
    await clock.pass(20_000);
    await outcome;
    expect(sent[1]?.at).toBeGreaterThanOrEqual(2_000);
    const [refused, taken, ...more] = sent.map(({ headers }) => headers.get('idempotency-key'));
    expect([refused, more]).toEqual([taken, []]);
  });

  it('is not sent again when the answer is a plain no, nor when it is to wait too long', async () => {
    const refused = setUp([problem(409, 'campaign_closed')]);
    expect((await refused.call('POST')).error).toMatchObject({ problem: { code: 'campaign_closed' } });
    expect(refused.sent).toHaveLength(1);
    const later = setUp([{ ...problem(429, 'rate_limited'), headers: { 'retry-after': '60' } }]);
    expect((await later.call('POST')).error).toBeInstanceOf(ProblemError);
  });

  it('ends with an error when no attempt is answered', async () => {
    const { call, sent, clock } = setUp(['broken', 'broken', 'broken', 'broken', 'broken']);
    const outcome = call('GET');
    await clock.pass(60_000);
    expect((await outcome).error).toMatchObject({ name: 'NoAnswerError' });
    expect(sent).toHaveLength(4);
  });

  it('renews a refused token once, and reads the version of the answer', async () => {
    const credentials = { token: async () => 'old', renew: async (stale: string) => `new after ${stale}` };
    const { call, sent } = setUp(
      [problem(401, 'token_expired'), { ...fine, headers: { 'state-version': '17' } }],
      credentials,
    );
    expect(await call('GET')).toMatchObject({ version: 17 });
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new after old']);
  });
});
