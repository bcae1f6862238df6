/**
 * The database or the request is not as it must be, and nothing was changed. The message is written for an operator:
 * whole sentences that say what stands in the way and what to do. Command lines print it and exit 1.
 */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

/** Where a script stopped. `line` is 1-based in `file`; `statement` is the first line of the statement that failed. */
export interface FailurePlace {
  file: string;
  line: number;
  statement: string;
}

/**
 * A statement of a script failed. The script's transaction is rolled back: the step before it stands as it was.
 * The message names the file, the line, the statement and the cause; `cause` is the driver's error.
 */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
  readonly place: FailurePlace;

  constructor(place: FailurePlace, cause: unknown) {
    super(`${place.file}, line ${place.line}: \`${place.statement}\` failed: ${describeCause(cause)}`, { cause });
    this.place = place;
  }
}

/** What Postgres said, with its detail, hint and context, which name the rows and objects in the way. */
export function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { code, detail, hint, where } = cause as Error & Record<'code' | 'detail' | 'hint' | 'where', unknown>;
  const parts = [cause.message, detail, hint, where].filter((part) => typeof part === 'string' && part !== '');
  return typeof code === 'string' ? `${parts.join('; ')} (${code})` : parts.join('; ');
}
