import { expect } from 'vitest';
import { problemSchema, problems } from '../../server/contract/errors.ts';
import type { Reply } from '../support/api.ts';

/** `404 unknown_campaign` of an answer that is a whole and true problem+json (RFC 9457); else the assertion fails. */
export function refusalOf({ status, headers, body }: Reply): string {
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = problemSchema.strict().parse(body);
  const known = problems[problem.code as keyof typeof problems];
  expect(problem.status).toBe(status);
  expect(problem).toMatchObject({ ...known, type: `/docs/problems#${problem.code}` });
  expect(problem.requestId).toBe(headers.get('x-request-id'));
  expect(problem.detail).not.toBe('');
  expect(headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
  expect(headers.has('retry-after')).toBe(status === 429 || status === 503);
  return `${status} ${problem.code}`;
}

/** `201`, or `404 unknown_campaign`: enough to compare a whole table of calls at once. */
export const verdictOf = (reply: Reply): string => (reply.status < 400 ? String(reply.status) : refusalOf(reply));

/** Runs the calls one after another and answers their verdicts by name. */
export async function verdicts(calls: Record<string, () => Promise<Reply>>): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, call] of Object.entries(calls)) found[name] = verdictOf(await call());
  return found;
}
