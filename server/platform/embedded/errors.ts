/** An embedded PostgreSQL that could not be found, made, started or stopped. The message is meant for the operator. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/**
 * A live process already owns the data directory. Sharing its cluster would be worse than refusing: the cluster stops
 * with its owner, and the second server would lose its database in mid-flight.
 */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';
  readonly dataDir: string;
  readonly holderPid: number;

  constructor(dataDir: string, holderPid: number) {
    super(
      `The data directory ${dataDir} is in use by process ${holderPid}. ` +
        'Stop that server, or start this one with another DATA_DIR and PORT, ' +
        'or set DATABASE_URL to a PostgreSQL that both can use.',
    );
    this.dataDir = dataDir;
    this.holderPid = holderPid;
  }
}

/** The `code` of a Node.js system error, such as ENOENT; undefined for everything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
