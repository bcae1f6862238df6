import type { ProblemCode } from '../contract/errors.ts';
import type { Principal } from '../platform/auth/principal.ts';

/** A family of streams that a feature offers, such as `campaign:{id}`. */
export interface StreamKind {
  /** Of the whole name; the first group is what `admit` gets. */
  pattern: RegExp;
  /** Null when this person may subscribe, else why not. Asked again at each subscribe. */
  admit(subject: string, who: Principal | null): Promise<ProblemCode | null>;
}
