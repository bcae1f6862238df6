import type { Comparison } from './comparison.ts';
import { forgetObjects, recordObject } from './ledger.ts';
import { describeCause, MigrationRefused } from './refusal.ts';
import { runScript } from './run-script.ts';
import { inTransaction, type Session } from './session.ts';
import type { SqlFile } from './sql-tree.ts';
import { splitStatements } from './statements.ts';

/**
 * Applies the functions, views and triggers whose text changed, in one transaction, so that no server sees half of
 * them. They belong to the head: migrations cannot lean on them. An object whose file is gone stays in the database,
 * since only a migration knows what depends on it; the log says so once. Returns the paths applied.
 */
export async function applyObjects(session: Session, state: Comparison): Promise<string[]> {
  const { staleObjects, removedObjects } = state;
  if (staleObjects.length + removedObjects.length === 0) return [];
  await inTransaction(session.client, async () => {
    // Functions call each other in any order, so their bodies are looked at when all are there.
    await session.client.query('set local check_function_bodies = off');
    for (const file of staleObjects) {
      await runScript(session, file);
      await recordObject(session.client, file);
    }
    await checkFunctionBodies(session);
    await forgetObjects(session.client, removedObjects);
  });
  for (const path of removedObjects) session.log(`${path} is gone from sql/; a migration has to drop what it made`);
  if (staleObjects.length > 0) session.log(`${staleObjects.length} functions, views and triggers: applied`);
  return staleObjects.map((file) => file.path);
}

/** Asks each language's own validator about every function of the schema, as `create function` would have done. */
async function checkFunctionBodies({ client }: Session): Promise<void> {
  await client.query(`
    set local check_function_bodies = on;
    do $$
    declare
      f record;
    begin
      for f in
        select p.oid, l.lanvalidator::regproc as validator
        from pg_proc p
        join pg_language l on l.oid = p.prolang
        where p.pronamespace = current_schema()::regnamespace and l.lanname in ('sql', 'plpgsql')
      loop
        execute format('select %s(%s)', f.validator, f.oid);
      end loop;
    end
    $$`);
}

/**
 * Drops what these files made and makes the ledger forget all objects: the first thing on the way below the head, in
 * the transaction of its first step. Below it the schema is then what the migrations alone make.
 *
 * Without cascade, which would silently take along what other programs built upon ours: such a view stops the way down
 * and is named. Among our own, what depends on another goes first, found by trying in rounds.
 */
export async function dropObjects(session: Session, files: SqlFile[]): Promise<void> {
  const drops: string[] = [];
  for (const file of files) drops.push(...(await dropsFor(session, file)));
  for (let left = drops.reverse(), failure: unknown; left.length > 0; ) {
    const blocked: string[] = [];
    for (const drop of left) {
      const error = await tryStatement(session, drop);
      if (error === undefined) continue;
      blocked.push(drop);
      failure = error;
    }
    if (blocked.length === left.length) throw failure;
    left = blocked;
  }
  await forgetObjects(session.client);
}

const CREATES_TRIGGER = /^create\s+(?:or\s+replace\s+)?(?:constraint\s+)?trigger\s+(\w+)\s.*?\son\s+(\w+)/is;
const CREATES = /^create\s+(?:or\s+replace\s+)?(?:recursive\s+)?(function|view)\s+(\w+)/i;

async function dropsFor({ client }: Session, file: SqlFile): Promise<string[]> {
  const drops: string[] = [];
  for (const { text } of splitStatements(file.text)) {
    const [, trigger, table] = CREATES_TRIGGER.exec(text) ?? [];
    if (trigger !== undefined) drops.push(`drop trigger if exists ${trigger} on ${table}`);
    const [, kind, name] = CREATES.exec(text) ?? [];
    if (kind?.toLowerCase() === 'view') drops.push(`drop view if exists ${name}`);
    else if (name !== undefined) {
      const { rows } = await client.query<{ signature: string }>(
        'select oid::regprocedure::text as signature from pg_proc where proname = $1 and pg_function_is_visible(oid)',
        [name.toLowerCase()],
      );
      drops.push(...rows.map(({ signature }) => `drop function if exists ${signature}`));
    }
  }
  return drops;
}

/** Runs it or takes it back; answers the refusal, of which the caller may find another way. */
async function tryStatement({ client }: Session, sql: string): Promise<MigrationRefused | undefined> {
  await client.query('savepoint attempt');
  try {
    await client.query(sql);
    return undefined;
  } catch (cause) {
    await client.query('rollback to savepoint attempt');
    return new MigrationRefused(`\`${sql}\` is not possible: ${describeCause(cause)}. Nothing was changed.`, { cause });
  } finally {
    await client.query('release savepoint attempt');
  }
}
