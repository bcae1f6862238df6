import type pg from 'pg';

/** A column as the system catalogue has it; `type` with its modifiers, as `format_type` writes it. */
export interface Column {
  name: string;
  type: string;
  notNull: boolean;
  defaultValue: string | null;
  isIdentity: boolean;
}

/** A constraint (`kind` as in pg_constraint: p, u, c or f) or, with kind `i`, an index that no constraint made. */
export interface Rule {
  name: string;
  kind: 'p' | 'u' | 'c' | 'f' | 'i';
  /** Without the name, so that two of different names compare equal. */
  definition: string;
  columns: string[];
}

export interface Table {
  columns: Column[];
  rules: Rule[];
}

/** Tables by name; those that do not exist are absent. */
export type Catalog = Map<string, Table>;

/** The five tables that are the truth, in an order in which foreign keys can be made. */
export const TRUTH = [
  'campaign_profile',
  'campaign_invoices',
  'campaign_impressions',
  'campaign_media',
  'campaign_engagement',
] as const;

/** Reads tables as the connection's search_path sees them. Definitions come out unqualified, so two schemas
 * compare: for indexes only the pretty form does that. */
export async function readCatalog(client: pg.ClientBase, tables: readonly string[] = TRUTH): Promise<Catalog> {
  const { rows } = await client.query<{ name: string; columns: Column[] | null; rules: Rule[] | null }>(CATALOG, [
    tables,
  ]);
  return new Map(rows.map((row) => [row.name, { columns: row.columns ?? [], rules: row.rules ?? [] }]));
}

const CATALOG = `
  select t.name,
    (
      select json_agg(json_build_object(
        'name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod),
        'notNull', a.attnotnull,
        'defaultValue', pg_get_expr(d.adbin, d.adrelid),
        'isIdentity', a.attidentity <> ''
      ) order by a.attnum)
      from pg_attribute a
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = t.id and a.attnum > 0 and not a.attisdropped
    ) as columns,
    (
      select json_agg(rule order by rule ->> 'kind' desc, rule ->> 'name')
      from (
        select json_build_object(
          'name', c.conname,
          'kind', c.contype,
          'definition', pg_get_constraintdef(c.oid),
          'columns', (select json_agg(attname order by attnum) from pg_attribute where attrelid = t.id and attnum = any(c.conkey))
        ) as rule
        from pg_constraint c
        where c.conrelid = t.id and c.contype in ('p', 'u', 'c', 'f')
        union all
        select json_build_object(
          'name', r.relname,
          'kind', 'i',
          'definition', replace(pg_get_indexdef(i.indexrelid, 0, true), 'INDEX ' || quote_ident(r.relname) || ' ON', 'INDEX ON'),
          'columns', '[]'::json
        )
        from pg_index i
        join pg_class r on r.oid = i.indexrelid
        where i.indrelid = t.id and not exists (select from pg_constraint where conindid = i.indexrelid and conrelid = t.id)
      ) as rules
    ) as rules
  from (select name, to_regclass(name)::oid as id from unnest($1::text[]) as name) t
  where t.id is not null`;
