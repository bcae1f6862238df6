import { readCatalog, TRUTH } from '../../server/platform/migrate/adopt/catalog.ts';
import { query, withClient } from '../support/sql.ts';

export type Row = Record<string, string | null>;

/** Every row of the tables that are there, each value as Postgres writes it: no driver's rounding can hide a change. */
export function allRows(url: string): Promise<Record<string, Row[]>> {
  const asText = { getTypeParser: () => (value: string) => value };
  return withClient(url, async (client) => {
    const tables = [...(await readCatalog(client)).keys()];
    const rows: Record<string, Row[]> = {};
    for (const table of tables) {
      rows[table] = (await client.query<Row>({ text: `select * from ${table} order by id`, types: asText })).rows;
    }
    return rows;
  });
}

/** Column names by table, sorted, from information_schema. */
export async function columnNames(url: string): Promise<Record<string, string[]>> {
  const rows = await query<{ name: string; columns: string[] }>(
    url,
    `select table_name as name, array_agg(column_name::text order by column_name::text collate "C") as columns
     from information_schema.columns where table_schema = 'public' and table_name = any($1) group by table_name`,
    [TRUTH],
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.columns]));
}

/** Every table of the schema with its columns, rules and indexes; views, functions, triggers, sequences and types. */
export function schemaOf(url: string): Promise<unknown> {
  return withClient(url, async (client) => {
    const names = await client.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname not in ('schema_migrations', 'schema_objects')
       order by relname collate "C"`,
    );
    const catalog = await readCatalog(
      client,
      names.rows.map((row) => row.name),
    );
    for (const table of catalog.values()) table.columns.sort((a, b) => (a.name < b.name ? -1 : 1));
    const views = await client.query(
      `select relname, array_agg(attname || ' ' || format_type(atttypid, atttypmod) order by attname) as columns
       from pg_class join pg_attribute on attrelid = pg_class.oid
       where relnamespace = 'public'::regnamespace and relkind = 'v' group by relname order by relname`,
    );
    const functions = await client.query(
      `select oid::regprocedure::text as name, prosrc from pg_proc where pronamespace = 'public'::regnamespace order by 1`,
    );
    const triggers = await client.query(
      `select tgrelid::regclass::text as on, tgname from pg_trigger where not tgisinternal order by 1, 2`,
    );
    const others = await client.query(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
       union all
       select typname from pg_type where typnamespace = 'public'::regnamespace and typtype in ('c', 'd', 'e')
         and not exists (select from pg_class where oid = typrelid and relkind <> 'c')
       order by 1`,
    );
    return {
      others: others.rows,
      tables: Object.fromEntries(catalog),
      views: views.rows,
      functions: functions.rows,
      triggers: triggers.rows,
    };
  });
}
