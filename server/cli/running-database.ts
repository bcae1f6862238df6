import type { Config } from '../config.ts';
import { readAccess } from '../platform/embedded/cluster.ts';
import { clusterDirectory, databaseUrlOf } from '../platform/embedded/embedded-postgres.ts';
import { DataDirInUseError } from '../platform/embedded/errors.ts';
import { withDatabaseOrElse } from './with-database.ts';

/**
 * As withDatabase, for commands that may run beside a server: the embedded database that one holds is used as it stands.
 */
export function withRunningDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  return withDatabaseOrElse(config, work, async (error) => {
    const access = error instanceof DataDirInUseError ? readAccess(clusterDirectory(config.DATA_DIR)) : undefined;
    if (!access) throw error;
    return work(databaseUrlOf(access));
  });
}
