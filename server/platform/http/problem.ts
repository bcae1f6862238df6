import type { ServerResponse } from 'node:http';
import { type Problem, type ProblemCode, problems } from '../../contract/errors.ts';
import { isConflictError, isConnectionError } from '../db.ts';
import type { Log } from '../log.ts';
import { Refusal } from '../refusal.ts';

/** Answers with problem+json (RFC 9457). What is not a Refusal is logged and never shown. */
export function sendProblem(response: ServerResponse, error: unknown, requestId: string, log: Log): void {
  const refusal = refusalOf(error);
  const { status, title } = problems[refusal.code];
  const { detail = title, errors, more, retryAfterSeconds, headers } = refusal.details;
  if (status === 500) log.error({ requestId, cause: causeOf(error) }, 'a request failed');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem: Problem = {
    type: `/docs/problems#${refusal.code}`,
    title,
    status,
    detail,
    code: refusal.code,
    requestId,
    ...more,
  };
  if (errors) problem.errors = errors;
  if (status === 503 || retryAfterSeconds !== undefined)
    response.setHeader('Retry-After', String(retryAfterSeconds ?? 1));
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.end(JSON.stringify(problem));
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { type, status } = error as { type?: string; status?: number };
  const code = parserCodes[type ?? ''];
  if (code) return new Refusal(code);
  if (error instanceof URIError) return new Refusal('invalid_id');
  if (status === 400) return new Refusal('invalid_body');
  if (isConnectionError(error) || isBusy(error)) return new Refusal('unavailable', { retryAfterSeconds: 1 });
  return new Refusal('internal');
}

/** The statement's time ran out (57014), as behind somebody's open transaction, or it lost against others. */
function isBusy(error: unknown): boolean {
  return isConflictError(error) || (error as { code?: string }).code === '57014';
}

/** What Express's body reader calls its own refusals. */
const parserCodes: Record<string, ProblemCode> = {
  'entity.too.large': 'body_too_large',
  'request.size.invalid': 'invalid_body',
  'request.aborted': 'invalid_body',
  'encoding.unsupported': 'unsupported_media_type',
};

function causeOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
