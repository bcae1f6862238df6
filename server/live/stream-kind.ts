import type { ProblemCode } from '../contract/errors.ts';
import type { Principal } from '../platform/auth/principal.ts';

/** A family of streams that a feature offers, such as `campaign:{id}`. */
export interface StreamKind {
  /** Of the whole name; the first group is what `admit` gets. */
  pattern: RegExp;
  /** Null when this person may subscribe, else why not. Asked again at each subscribe. */
  admit(subject: string, who: Principal | null): Promise<ProblemCode | null>;
  /** People of the same roles and advertiser are answered alike: of a crowd one is asked for each such group. */
  byRights?: true;
  /** A user who is barred from private streams keeps these: whoever is restricted is told so. */
  keptWhenBarred?: true;
}

/** Null when this person may read the stream, else why not. */
export async function admitTo(kinds: StreamKind[], stream: string, who: Principal | null): Promise<ProblemCode | null> {
  for (const kind of kinds) {
    const match = kind.pattern.exec(stream);
    if (match) return kind.admit(match[1] ?? '', who);
  }
  return 'invalid_stream';
}
