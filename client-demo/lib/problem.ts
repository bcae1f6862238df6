import type { Problem } from '../../server/contract/errors.ts';

/** The server answered, and said no. `code` is one of the published table (RFC 9457). */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly problem: Problem;
  readonly retryAfterMs: number | null;

  constructor(problem: Problem, retryAfterMs: number | null) {
    super(problem.detail || problem.title);
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No answer came, or none that can be read: whether a write took place is unknown, so it is retried with its key. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}

export const codeOf = (error: unknown): string => (error instanceof ProblemError ? error.problem.code : 'no_answer');

const passing = new Set([408, 425, 429, 502, 503, 504]);

/** Whether the same request may succeed a little later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ProblemError ? passing.has(error.problem.status) : error instanceof NoAnswerError;
