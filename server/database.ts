import type { Config } from './config.ts';
import { clusterDirectory, startEmbeddedPostgres } from './platform/embedded/embedded-postgres.ts';
import type { Log } from './platform/log.ts';
import { assertSchemaIsCurrent, migrateUp } from './platform/migrate/migrate.ts';

export interface Database {
  url: string;
  /** Stops the embedded server; leaves anybody else's alone. */
  stop(): Promise<void>;
}

/** The database the configuration names, else an embedded one in DATA_DIR; its schema brought up to date, or checked. */
export async function createDatabase(config: Config, log: Log): Promise<Database> {
  const say = (line: string) => log.info({ database: line }, 'database');
  const { DATABASE_URL, DATA_DIR, MIGRATE } = config;
  const embedded = DATABASE_URL
    ? null
    : await startEmbeddedPostgres({ dataDir: clusterDirectory(DATA_DIR), log: say });
  const database = {
    url: DATABASE_URL ?? embedded?.url ?? '',
    stop: async () => {
      await embedded?.stop();
    },
  };
  try {
    if (MIGRATE === 'on') await migrateUp(database.url, { log: say });
    else await assertSchemaIsCurrent(database.url);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}
