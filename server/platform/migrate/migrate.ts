import { inspectUnmarked } from './adopt/adopt.ts';
import type { Shape } from './adopt/recognise.ts';
import { compare, refuseForeignHistory } from './comparison.ts';
import { goDown } from './down.ts';
import { type AppliedMigration, type Queryable, readLedger } from './ledger.ts';
import { withMigrationLock } from './lock.ts';
import { MigrationRefused } from './refusal.ts';
import { type Session, withSession } from './session.ts';
import { readSqlTree, type SqlFile, type SqlTree } from './sql-tree.ts';
import { goUp, isUpToDate, type UpResult } from './up.ts';

/** `dir`: a folder of sql/'s layout, for tests. `lockDeadlineMs`: how long to wait for another migrating process. */
export interface MigrateOptions {
  log?: (line: string) => void;
  dir?: string;
  lockDeadlineMs?: number;
}

/** `to` is a version, NNNN: the last one that is wanted (default: all). */
export interface UpOptions extends MigrateOptions {
  to?: string;
}

/** `to` is the last version that stays. `discardEngagement`: drop what people made, should the way lead past 0004. */
export interface DownOptions extends MigrateOptions {
  to: string;
  discardEngagement?: boolean;
}

/** Versions are NNNN, labels NNNN_name. `unmarked`: what a database is that has no migration of ours yet. */
export interface MigrationStatus {
  current: string | null;
  head: string | null;
  applied: AppliedMigration[];
  pending: string[];
  edited: string[];
  unknown: string[];
  skipped: string[];
  staleObjects: string[];
  removedObjects: string[];
  unmarked: Shape | null;
}

const LOCK_DEADLINE_MS = 300_000;
const BEYOND = '9999';
const FEW = 3;

/**
 * Brings a database to `to` or the head; a fresh one, one of the platform's older shapes, or one of ours. Any number of
 * processes may do it at once: one works, the others wait and find it done. A database that is current takes no lock.
 *
 * Throws MigrationRefused (a sentence; nothing was changed) or MigrationFailed (the steps before the failing one stand).
 */
export async function migrateUp(databaseUrl: string, options: UpOptions = {}): Promise<UpResult> {
  const tree = await readSqlTree(options.dir);
  const to = options.to === undefined ? BEYOND : knownVersion(tree, options.to);
  return withSession(databaseUrl, options.log ?? (() => {}), async (session) => {
    if (await isUpToDate(session, tree, to)) return { applied: [], adopted: [], objects: [] };
    return locked(session, options, () => goUp(session, tree, to));
  });
}

/** Takes back every step above `to`; returns their labels, newest first. Throws as migrateUp does. */
export async function migrateDown(databaseUrl: string, options: DownOptions): Promise<string[]> {
  const tree = await readSqlTree(options.dir);
  const to = options.to === '0000' ? options.to : knownVersion(tree, options.to);
  return withSession(databaseUrl, options.log ?? (() => {}), (session) =>
    locked(session, options, async () => {
      const discard = options.discardEngagement ? 'on' : 'off';
      await session.client.query(`select set_config('pulse.discard_engagement', $1, false)`, [discard]);
      return goDown(session, tree, to);
    }),
  );
}

/** Where a database stands, also one that migrateUp would refuse. It changes nothing and takes no lock. */
export async function migrationStatus(databaseUrl: string, options: MigrateOptions = {}): Promise<MigrationStatus> {
  const tree = await readSqlTree(options.dir);
  return withSession(databaseUrl, options.log ?? (() => {}), async (session) => {
    const state = compare(tree, await readLedger(session.client));
    return {
      current: state.applied.at(-1)?.version ?? null,
      head: tree.migrations.at(-1)?.version ?? null,
      applied: state.applied,
      pending: state.pending.map((migration) => migration.label),
      edited: state.edited,
      unknown: state.unknown,
      skipped: state.skipped,
      staleObjects: state.staleObjects.map((file) => file.path),
      removedObjects: state.removedObjects,
      unmarked: state.applied.length > 0 ? null : await inspectUnmarked(session, tree.migrations),
    };
  });
}

/**
 * Throws MigrationRefused, whose message is the reason, unless the database is exactly what this version's files make:
 * for MIGRATE=off, and before serving. Takes a URL, or a client or pool that is open already.
 */
export async function assertSchemaIsCurrent(database: string | Queryable, dir?: string): Promise<void> {
  if (typeof database === 'string') {
    return withSession(
      database,
      () => {},
      ({ client }) => assertSchemaIsCurrent(client, dir),
    );
  }
  const state = compare(await readSqlTree(dir), await readLedger(database));
  refuseForeignHistory(state);
  const behind = [...state.pending.map((migration) => migration.label), ...objectsText(state.staleObjects)];
  if (behind.length === 0) return;
  const isOne = state.pending.length + state.staleObjects.length === 1;
  throw new MigrationRefused(
    `This database is behind this server: ${behind.join(', ')} ${isOne ? 'is' : 'are'} not applied. ` +
      'Run `npm run -s cli -- migrate up`, or start without MIGRATE=off.',
  );
}

/** A few by their names; of an older database nearly all differ, and the migrations say it. */
function objectsText(objects: SqlFile[]): string[] {
  return objects.length <= FEW ? objects.map(({ path }) => path) : [`${objects.length} functions, views and triggers`];
}

function locked<T>(session: Session, options: MigrateOptions, work: () => Promise<T>): Promise<T> {
  return withMigrationLock(session, options.lockDeadlineMs ?? LOCK_DEADLINE_MS, work);
}

function knownVersion({ migrations }: SqlTree, to: string): string {
  if (migrations.some((migration) => migration.version === to)) return to;
  const range = `${migrations.at(0)?.version ?? 'none'} to ${migrations.at(-1)?.version ?? 'none'}`;
  throw new MigrationRefused(`There is no migration ${to}; this version has ${range}.`);
}
