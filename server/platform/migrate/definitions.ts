import { runScript } from './run-script.ts';
import type { Session } from './session.ts';
import type { Migration, SqlFile } from './sql-tree.ts';
import { splitStatements } from './statements.ts';

/** A function or view as the migration that defined it last wrote it. */
interface Definition {
  kind: 'function' | 'view';
  name: string;
  source: SqlFile;
}

const CREATES = /^create\s+(?:or\s+replace\s+)?(function|view)\s+(\w+)/i;
const DROPS = /^drop\s+(?:function|view)\s+(?:if\s+exists\s+)?(\w+)/i;

/**
 * Creates the functions and views that these migrations define and that are missing. They hold no rows, so nobody has
 * to keep them: after a rollback, or in an adopted database, the last definition among the steps that stand is the
 * right one. An object of that name that is there is left alone.
 */
export async function giveBackDefinitions(session: Session, migrations: Migration[]): Promise<void> {
  for (const definition of lastDefinitions(migrations)) {
    if (!(await exists(session, definition))) await runScript(session, definition.source);
  }
}

function lastDefinitions(migrations: Migration[]): Definition[] {
  const definitions = new Map<string, Definition>();
  for (const { up } of migrations) {
    for (const { text, line } of splitStatements(up.text)) {
      definitions.delete(DROPS.exec(text)?.[1] ?? '');
      const [, kind, name] = CREATES.exec(text) ?? [];
      if (name === undefined) continue;
      // Line breaks keep the line numbers of a failure true to the file.
      const source = { ...up, text: '\n'.repeat(line - 1) + text };
      definitions.set(name, { kind: kind?.toLowerCase() === 'view' ? 'view' : 'function', name, source });
    }
  }
  return [...definitions.values()].sort((a, b) => a.kind.localeCompare(b.kind));
}

async function exists({ client }: Session, { kind, name }: Definition): Promise<boolean> {
  const found =
    kind === 'view'
      ? await client.query('select where to_regclass($1) is not null', [name])
      : await client.query('select from pg_proc where proname = $1 and pg_function_is_visible(oid)', [name]);
  return found.rowCount !== 0;
}
