import type { Config } from '../config.ts';
import {
  clusterDirectory,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../platform/embedded/embedded-postgres.ts';
import { DataDirInUseError } from '../platform/embedded/errors.ts';
import { CommandFailed } from './failure.ts';

/**
 * Hands the work the URL of the database that the configuration names: DATABASE_URL, else the embedded one of DATA_DIR,
 * which then runs for the time of the command. What it says on the way goes to standard error.
 */
export function withDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  return withDatabaseOrElse(config, work, async (error) => {
    throw error instanceof DataDirInUseError ? inUse(error) : error;
  });
}

/** The same, with the caller's way out when the embedded database can't be started. */
export async function withDatabaseOrElse<T>(
  config: Config,
  work: (url: string) => Promise<T>,
  orElse: (error: unknown) => Promise<T>,
): Promise<T> {
  const { DATABASE_URL, DATA_DIR } = config;
  if (DATABASE_URL) return work(DATABASE_URL);
  let embedded: EmbeddedPostgres;
  try {
    embedded = await startEmbeddedPostgres({ dataDir: clusterDirectory(DATA_DIR), log: toStandardError });
  } catch (error) {
    return orElse(error);
  }
  try {
    return await work(embedded.url);
  } finally {
    await embedded.stop();
  }
}

/** Standard output is for answers, so that it can be piped. */
export function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The error of the server tells how to start a second one; here the way out is another. */
function inUse({ dataDir, holderPid }: DataDirInUseError): CommandFailed {
  return new CommandFailed(
    `The embedded database in ${dataDir} is in use by process ${holderPid}, probably a running server: ` +
      'stop it for the time of this command, or set DATABASE_URL to the database that you mean.',
  );
}
