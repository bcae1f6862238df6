import pg from 'pg';
import { type Config, ConfigError } from '../config.ts';

/** What a node opens at most: the pools of app.ts, one connection that listens and one for the relay's lock. */
export const connectionsOfNode = 45;
/** For the audit, the command line and a psql. */
const connectionsBeside = 20;

/** The `max_connections` of an embedded server; PostgreSQL's own default holds two nodes. */
export const connectionsFor = (workers: number): number =>
  Math.max(100, workers * connectionsOfNode + connectionsBeside);

/**
 * Refuses more workers than the database has connections for: it would show under load alone, as errors. Past a pooler,
 * which DATABASE_LISTEN_URL says there is, connections of ours are not the database's, and nothing is refused.
 */
export async function assertConnections(config: Config, databaseUrl: string): Promise<void> {
  if (config.DATABASE_LISTEN_URL) return;
  const needed = config.WORKERS * connectionsOfNode;
  const given = await connectionsOf(databaseUrl);
  if (needed <= given) return;
  const most = Math.floor(given / connectionsOfNode);
  throw new ConfigError(
    `WORKERS: ${config.WORKERS} workers open up to ${needed} connections and the database has ${given}: ` +
      `set it to ${most} at most, or raise max_connections of PostgreSQL`,
  );
}

async function connectionsOf(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'campaign-pulse start' });
  await client.connect();
  try {
    // reserved_connections is PostgreSQL 16's.
    const { rows } = await client.query<{ given: number }>(
      `select (select setting::int from pg_settings where name = 'max_connections') - coalesce(sum(setting::int), 0)::int
         as given from pg_settings where name in ('superuser_reserved_connections', 'reserved_connections')`,
    );
    return rows[0]?.given ?? 0;
  } finally {
    await client.end();
  }
}
