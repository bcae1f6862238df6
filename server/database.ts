import type { Config } from './config.ts';
import {
  clusterDirectory,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from './platform/embedded/embedded-postgres.ts';
import type { Log } from './platform/log.ts';
import { assertSchemaIsCurrent, migrateUp } from './platform/migrate/migrate.ts';
import { connectionsFor } from './workers/connection-budget.ts';

export interface Database {
  url: string;
  /** Stops the embedded server; leaves anybody else's alone. */
  stop(): Promise<void>;
}

/** The database the configuration names, else an embedded one in DATA_DIR; its schema brought up to date, or checked. */
export async function createDatabase(config: Config, log: Log): Promise<Database> {
  const { DATABASE_URL, MIGRATE } = config;
  const database = DATABASE_URL
    ? { url: DATABASE_URL, stop: async () => {} }
    : await keepEmbedded(clusterDirectory(config.DATA_DIR), connectionsFor(config.WORKERS), log);
  try {
    if (MIGRATE === 'on') await migrateUp(database.url, { log: (line) => log.info({ line }, 'schema') });
    else await assertSchemaIsCurrent(database.url);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** The embedded server, started again on its port when it dies under us; without its port the process ends. */
async function keepEmbedded(dataDir: string, connections: number, log: Log): Promise<Database> {
  const start = () =>
    startEmbeddedPostgres({
      dataDir,
      settings: { max_connections: connections },
      log: (line) => log.info({ line }, 'postgres'),
    });
  let stopping = false;
  let server: EmbeddedPostgres = await start();
  const { url } = server;

  const watch = async (): Promise<void> => {
    const how = await server.exited;
    if (stopping) return;
    log.error({ how }, 'the embedded PostgreSQL died; starting it again');
    await server.stop();
    server = await start();
    if (server.url !== url) throw new Error('its port was taken meanwhile');
    return watch();
  };
  watch().catch(async (error: unknown) => {
    log.fatal({ cause: String(error) }, 'the embedded PostgreSQL could not be started again');
    await server.stop();
    process.exit(1);
  });

  return {
    url,
    async stop() {
      stopping = true;
      await server.stop();
    },
  };
}
