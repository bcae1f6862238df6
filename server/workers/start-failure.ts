/** A sentence where the operator can do something about it, the whole stack where only we can. */
export function startFailure(error: NodeJS.ErrnoException): string {
  const known = ['ConfigError', 'DataDirInUseError', 'EmbeddedPostgresError', 'MigrationRefused', 'MigrationFailed'];
  const { name, code = '', message, stack = message } = error;
  if (known.includes(name)) return message;
  if (code === 'EADDRINUSE') return `The port is taken (${message}): set PORT to another.`;
  const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', '28P01', '3D000'];
  return unreachable.includes(code) ? `The database of DATABASE_URL can not be used: ${message}` : stack;
}
