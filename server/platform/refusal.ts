import type { ProblemCode } from '../contract/errors.ts';

interface RefusalDetails {
  detail?: string;
  errors?: { pointer: string; message: string }[];
  retryAfterSeconds?: number;
  headers?: Record<string, string>;
  /** Members of the problem beside the standard ones (RFC 9457, 3.2). */
  extensions?: object;
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
