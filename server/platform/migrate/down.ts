import { compare, refuseForeignHistory } from './comparison.ts';
import { giveBackDefinitions } from './definitions.ts';
import { forgetMigration, readLedger } from './ledger.ts';
import { dropObjects } from './objects.ts';
import { MigrationRefused } from './refusal.ts';
import { runGuards, runScript } from './run-script.ts';
import { inTransaction, type Session } from './session.ts';
import type { Migration, SqlFile, SqlTree } from './sql-tree.ts';

/** A step that can be taken back. */
type Reversible = Migration & { down: SqlFile };

/**
 * Takes back every step above `to`, newest first, each in a transaction. All refusals come before the first change:
 * an unknown or edited history, a step without a way back, and the guards of every step on the way.
 * Returns the labels of the steps taken back. Call it under the migration lock.
 */
export async function goDown(session: Session, tree: SqlTree, to: string): Promise<string[]> {
  const state = compare(tree, await readLedger(session.client));
  refuseForeignHistory(state);
  const isApplied = new Set(state.applied.map((applied) => applied.version));
  if (to !== '0000' && !isApplied.has(to)) {
    throw new MigrationRefused(
      `${to} is not applied to this database, so there is no way down to it. Nothing was changed.`,
    );
  }
  const remaining = tree.migrations.filter(({ version }) => isApplied.has(version) && version <= to);
  const steps = tree.migrations.filter(({ version }) => isApplied.has(version) && version > to).map(reversible);
  steps.reverse();
  for (const step of steps) await inTransaction(session.client, () => runGuards(session, step.down));
  const objects = tree.objects.filter((file) => state.appliedObjects.includes(file.path));
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    await takeBack(session, step, { objects: index === 0 ? objects : [], remaining: isLast ? remaining : [] });
  }
  return steps.map((step) => step.label);
}

/**
 * The first step of the way also drops the objects that are applied at the head, the last one gives back the functions
 * and views of the migrations that remain.
 */
async function takeBack(
  session: Session,
  step: Reversible,
  { objects, remaining }: { objects: SqlFile[]; remaining: Migration[] },
): Promise<void> {
  const started = performance.now();
  await inTransaction(session.client, async () => {
    await dropObjects(session, objects);
    await runScript(session, step.down);
    await giveBackDefinitions(session, remaining);
    await forgetMigration(session.client, step.version);
  });
  session.log(`${step.label}: rolled back in ${Math.round(performance.now() - started)} ms`);
}

function reversible(migration: Migration): Reversible {
  const { down } = migration;
  if (!down) throw new MigrationRefused(`${migration.label} has no down file. Nothing was changed.`);
  return { ...migration, down };
}
