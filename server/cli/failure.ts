/** Something the person at the keyboard can act on: the message is one sentence, printed as it stands. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** Errors of the server's own parts whose messages are written for an operator. */
const written = new Set([
  'CommandFailed',
  'ConfigError',
  'DataDirInUseError',
  'EmbeddedPostgresError',
  'MigrationRefused',
  'MigrationFailed',
]);

/** What to print for an error: its message when it was written for people or comes from a system, else the whole stack. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (written.has(error.name)) return error.message;
  // Node reports a refused connection to a name of two addresses as an aggregate without a message.
  if (error instanceof AggregateError) return sentenceOf(error.errors[0]);
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? (error.stack ?? error.message) : `${error.message} (${code})`;
}
