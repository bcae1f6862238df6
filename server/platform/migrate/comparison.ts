import type { AppliedMigration, Ledger } from './ledger.ts';
import { MigrationRefused } from './refusal.ts';
import type { Migration, SqlFile, SqlTree } from './sql-tree.ts';

/** The files of this package against what the database says was applied. Labels are NNNN_name. */
export interface Comparison {
  applied: AppliedMigration[];
  pending: Migration[];
  /** Applied, but the text of the file is another one now. */
  edited: string[];
  /** Applied, but not among our files: a newer version of this server was here. */
  unknown: string[];
  /** Not applied, although a later one is: two branches met. */
  skipped: string[];
  /** Paths. */
  appliedObjects: string[];
  staleObjects: SqlFile[];
  /** Paths that were applied and whose files are gone. */
  removedObjects: string[];
}

export function compare(tree: SqlTree, ledger: Ledger): Comparison {
  const ours = new Map(tree.migrations.map((migration) => [migration.version, migration]));
  const theirs = new Set(ledger.migrations.map((migration) => migration.version));
  const current = ledger.migrations.at(-1)?.version ?? '';
  const isUnknown = (applied: AppliedMigration) => ours.get(applied.version)?.name !== applied.name;
  const isEdited = (applied: AppliedMigration) => ours.get(applied.version)?.up.checksum !== applied.checksum;
  const label = (applied: AppliedMigration) => `${applied.version}_${applied.name}`;
  const pending = tree.migrations.filter((migration) => !theirs.has(migration.version));
  const paths = new Set(tree.objects.map((file) => file.path));
  return {
    applied: ledger.migrations,
    pending,
    edited: ledger.migrations.filter((applied) => !isUnknown(applied) && isEdited(applied)).map(label),
    unknown: ledger.migrations.filter(isUnknown).map(label),
    skipped: pending.filter((migration) => migration.version < current).map((migration) => migration.label),
    appliedObjects: [...ledger.objects.keys()],
    staleObjects: tree.objects.filter((file) => ledger.objects.get(file.path) !== file.checksum),
    removedObjects: [...ledger.objects.keys()].filter((path) => !paths.has(path)),
  };
}

/** Refuses a database that was migrated by other files than ours: going either way from there would be a guess. */
export function refuseForeignHistory({ unknown, edited, skipped }: Comparison): void {
  if (unknown.length > 0) {
    throw new MigrationRefused(
      `This database is newer than this server: it has ${unknown.join(', ')}, which this version does not know. ` +
        'Start the version that made it, or migrate down with that version first.',
    );
  }
  if (edited.length > 0) {
    throw new MigrationRefused(
      `${edited.join(', ')} was applied to this database with another text than the file has now. ` +
        'A migration is never edited once it is applied: restore the file and put the change into a new migration.',
    );
  }
  if (skipped.length > 0) {
    throw new MigrationRefused(
      `${skipped.join(', ')} is not applied although a later migration is. Give it the next free number.`,
    );
  }
}
