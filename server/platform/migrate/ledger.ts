import type pg from 'pg';
import { MigrationRefused } from './refusal.ts';
import type { Migration, SqlFile } from './sql-tree.ts';

/** A row of schema_migrations. `adopted`: the shape was there before us, so the step was marked, not run. */
export interface AppliedMigration {
  version: string;
  name: string;
  checksum: string;
  appliedAt: Date;
  adopted: boolean;
}

/** What the database says was applied to it; object checksums by path. */
export interface Ledger {
  migrations: AppliedMigration[];
  objects: Map<string, string>;
}

export type Queryable = pg.ClientBase | pg.Pool;

/** Reads both tables; a database without them has had nothing applied. */
export async function readLedger(client: Queryable): Promise<Ledger> {
  if (!(await ledgerExists(client))) return { migrations: [], objects: new Map() };
  const migrations = await client.query<AppliedMigration>(
    'select version, name, checksum, applied_at as "appliedAt", adopted from schema_migrations order by version',
  );
  const objects = await client.query<{ path: string; checksum: string }>('select path, checksum from schema_objects');
  return { migrations: migrations.rows, objects: new Map(objects.rows.map((row) => [row.path, row.checksum])) };
}

/** Creates the two tables; harmless when they are there. Call it under the migration lock. */
export async function createLedger(client: pg.ClientBase): Promise<void> {
  await client.query(`
    create table if not exists schema_migrations (
      version text primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now(),
      duration_ms integer not null default 0,
      adopted boolean not null default false
    );
    create table if not exists schema_objects (
      path text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
}

export async function recordMigration(
  client: pg.ClientBase,
  migration: Migration,
  how: { durationMs?: number; adopted?: boolean } = {},
): Promise<void> {
  await client.query(
    'insert into schema_migrations (version, name, checksum, duration_ms, adopted) values ($1, $2, $3, $4, $5)',
    [migration.version, migration.name, migration.up.checksum, Math.round(how.durationMs ?? 0), how.adopted ?? false],
  );
}

export async function forgetMigration(client: pg.ClientBase, version: string): Promise<void> {
  await client.query('delete from schema_migrations where version = $1', [version]);
}

export async function recordObject(client: pg.ClientBase, file: SqlFile): Promise<void> {
  await client.query(
    `insert into schema_objects (path, checksum) values ($1, $2)
     on conflict (path) do update set checksum = excluded.checksum, applied_at = now()`,
    [file.path, file.checksum],
  );
}

export async function forgetObjects(client: pg.ClientBase, paths?: string[]): Promise<void> {
  if (paths) await client.query('delete from schema_objects where path = any($1)', [paths]);
  else await client.query('delete from schema_objects');
}

/** Many tools call their table schema_migrations; writing into another one's would break both. */
async function ledgerExists(client: Queryable): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean; ours: boolean }>(`
    select count(*) > 0 as found,
      count(*) filter (where attname in ('version', 'name', 'checksum', 'applied_at', 'adopted')) = 5
        and to_regclass('schema_objects') is not null as ours
    from pg_attribute
    where attrelid = to_regclass('schema_migrations') and attnum > 0 and not attisdropped`);
  const { found, ours } = rows[0] ?? { found: false, ours: false };
  if (!found) return false;
  if (!ours) {
    throw new MigrationRefused(
      'The table schema_migrations of this database belongs to another tool. Nothing was changed.',
    );
  }
  return true;
}
