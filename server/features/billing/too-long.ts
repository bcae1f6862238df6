import { isStatementTimeout } from '../../platform/db.ts';
import { Refusal } from '../../platform/refusal.ts';

/** A closing, or its undoing, that PostgreSQL ended for its length: nothing of it was done. Any other error goes on. */
export function refuseTooLong(error: unknown): never {
  if (isStatementTimeout(error)) throw new Refusal('closing_too_long', { retryAfterSeconds: 60 });
  throw error;
}
