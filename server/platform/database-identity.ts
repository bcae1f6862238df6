import type { Pool } from './db.ts';

/**
 * What no other database shares: the cluster's system identifier and the database's oid. Several deployments may use one
 * Redis, and each must hear its own alone. (A replica that is promoted keeps both.)
 */
export async function databaseIdentity(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ identity: string }>(
    `select system_identifier || '.' || (select oid from pg_database where datname = current_database()) as identity
     from pg_control_system()`,
  );
  return rows[0]?.identity ?? '';
}
