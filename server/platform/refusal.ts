import type { Problem, ProblemCode } from '../contract/errors.ts';

interface RefusalDetails {
  detail?: string;
  errors?: NonNullable<Problem['errors']>;
  /** Members of the problem beside the usual ones. */
  more?: Omit<Problem, 'type' | 'title' | 'status' | 'detail' | 'code' | 'requestId' | 'errors'>;
  retryAfterSeconds?: number;
  headers?: Record<string, string>;
}

/** An expected outcome that ends a request early; the HTTP layer turns it into problem+json, the gateway into an answer. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: ProblemCode;
  readonly details: RefusalDetails;

  constructor(code: ProblemCode, details: RefusalDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}
