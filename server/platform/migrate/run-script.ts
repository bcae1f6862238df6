import pg from 'pg';
import { MigrationFailed, MigrationRefused } from './refusal.ts';
import { type Session, withProgress } from './session.ts';
import type { SqlFile } from './sql-tree.ts';
import { lineAt, type Statement, splitStatements } from './statements.ts';

/**
 * Runs a file's statements in the transaction that the caller opened. The first that fails is named in the
 * MigrationFailed that this throws; the caller rolls back.
 */
export async function runScript(session: Session, file: SqlFile): Promise<void> {
  const statements = splitStatements(file.text);
  refuseTransactionControl(file, statements);
  for (const statement of statements) await runStatement(session, file, statement);
}

/**
 * Runs those statements that are marked by a comment `-- guard`: questions that raise an exception when the script would
 * destroy something. They change nothing, so they can be asked long before the script's turn comes. The exception's
 * message is passed on as the refusal.
 */
export async function runGuards(session: Session, file: SqlFile): Promise<void> {
  const guards = splitStatements(file.text).filter((statement) => /^-- guard\b/m.test(statement.lead));
  for (const guard of guards) {
    try {
      await runStatement(session, file, guard);
    } catch (error) {
      const cause = error instanceof MigrationFailed ? error.cause : error;
      if (cause instanceof pg.DatabaseError && cause.code === 'P0001') {
        throw new MigrationRefused(`${cause.message} Nothing was changed.`, { cause });
      }
      throw error;
    }
  }
}

async function runStatement(session: Session, file: SqlFile, statement: Statement): Promise<void> {
  const headline = statement.text.split('\n', 1)[0] ?? '';
  try {
    const what = `${file.path}, line ${statement.line} (${headline})`;
    await withProgress(session, what, () => session.client.query(statement.text));
  } catch (cause) {
    const line = statement.line + linesBefore(statement.text, cause);
    throw new MigrationFailed({ file: file.path, line, statement: headline }, cause);
  }
}

/** Postgres counts characters from 1 where JavaScript counts UTF-16 units from 0. */
function linesBefore(text: string, cause: unknown): number {
  const position = cause instanceof pg.DatabaseError ? Number(cause.position ?? 0) : 0;
  if (position <= 0) return 0;
  const before = [...text].slice(0, position - 1).join('');
  return lineAt(before, before.length) - 1;
}

/** A `commit` inside a file would end the transaction that makes the step all or nothing. */
function refuseTransactionControl(file: SqlFile, statements: Statement[]): void {
  const control = statements.find(({ text }) => /^(begin|start\s+transaction|commit|end|rollback|abort)\b/i.test(text));
  if (control) {
    throw new MigrationRefused(
      `${file.path}, line ${control.line}: the runner opens and ends the transaction, not the file.`,
    );
  }
}
