import { type ProblemCode, problems } from '../contract/errors.ts';
import type { Answer } from '../platform/http/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import type { WriteAnswer } from '../writing/sql-batch.ts';

/** The HTTP answer for a row of a batch. `State-Version` orders the counts in the body against the live frames. */
export function answerOf({ status, outcome, version, body }: WriteAnswer): Answer {
  if (outcome in problems) throw new Refusal(outcome as ProblemCode);
  return { status, body, headers: version === null ? {} : { 'State-Version': String(version) } };
}
