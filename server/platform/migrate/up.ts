import { adoptIfUnmarked } from './adopt/adopt.ts';
import { compare, refuseForeignHistory } from './comparison.ts';
import { createLedger, readLedger, recordMigration } from './ledger.ts';
import { applyObjects } from './objects.ts';
import { runScript } from './run-script.ts';
import { inTransaction, type Session } from './session.ts';
import type { Migration, SqlTree } from './sql-tree.ts';

/** What a way up did: labels of migrations run and marked, paths of objects applied. */
export interface UpResult {
  applied: string[];
  adopted: string[];
  objects: string[];
}

/** Whether there is anything to do up to a version; also refuses a foreign history, so it is asked before the lock. */
export async function isUpToDate(session: Session, tree: SqlTree, to: string): Promise<boolean> {
  const state = compare(tree, await readLedger(session.client));
  refuseForeignHistory(state);
  const objects = reachesHead(tree, to) ? state.staleObjects.length + state.removedObjects.length : 0;
  return state.applied.length > 0 && state.pending.every((migration) => migration.version > to) && objects === 0;
}

/** Adopts what is there, runs what is pending and re-applies what changed. Call it under the migration lock. */
export async function goUp(session: Session, tree: SqlTree, to: string): Promise<UpResult> {
  const adopted = await adoptIfUnmarked(session, tree.migrations);
  await createLedger(session.client);
  const state = compare(tree, await readLedger(session.client));
  refuseForeignHistory(state);
  const pending = state.pending.filter((migration) => migration.version <= to);
  for (const migration of pending) await applyMigration(session, migration);
  const objects = reachesHead(tree, to) ? await applyObjects(session, state) : [];
  return { applied: pending.map((migration) => migration.label), adopted, objects };
}

function reachesHead(tree: SqlTree, to: string): boolean {
  return to >= (tree.migrations.at(-1)?.version ?? '');
}

async function applyMigration(session: Session, migration: Migration): Promise<void> {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  await inTransaction(session.client, async () => {
    await runScript(session, migration.up);
    await recordMigration(session.client, migration, { durationMs: elapsed() });
  });
  session.log(`${migration.label}: applied in ${Math.round(elapsed())} ms`);
}
