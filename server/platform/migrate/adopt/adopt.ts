import { giveBackDefinitions } from '../definitions.ts';
import { createLedger, readLedger, recordMigration } from '../ledger.ts';
import { MigrationRefused } from '../refusal.ts';
import { inTransaction, type Session } from '../session.ts';
import type { Migration } from '../sql-tree.ts';
import { settleBackups } from './backups.ts';
import { type Catalog, readCatalog } from './catalog.ts';
import { conform } from './conform.ts';
import { recognise, type Shape } from './recognise.ts';
import { type Reference, withReference } from './reference.ts';

/** Views and functions of the platform's older scripts. Ours take their names, with other argument types. */
const OLDER_VIEWS = ['campaign_with_media', 'campaign_with_payment_summary', 'campaign_with_full_metrics'];
const OLDER_FUNCTIONS = ['has_user_engaged', 'get_campaign_engagement_counts', 'get_campaign_payment_status'];

/**
 * Marks a database that got its shape from the platform's older scripts, so that the way up goes on from there.
 *
 * The shape is recognised by its columns. One that is that of a step gets the rules and indexes of that step, its backup
 * tables are settled, the older views and functions give way to ours, and the migrations up to the step are recorded as
 * adopted. A shape that is none is refused with its differences. All in one transaction: adopted whole, or untouched.
 *
 * Returns the labels of the migrations marked: none for a fresh database or one that we migrated.
 */
export async function adoptIfUnmarked(session: Session, migrations: Migration[]): Promise<string[]> {
  const { client } = session;
  const isOurs = (await readLedger(client)).migrations.length > 0;
  if (isOurs || (await readCatalog(client)).size === 0) return [];
  return inTransaction(client, () =>
    withReference(session, migrations, async (reference) => {
      const shape = await shapeOf(session, reference);
      if (shape.kind === 'foreign') throw new MigrationRefused(refusalOf(shape));
      return shape.kind === 'step' ? adopt(session, reference, shape.step) : [];
    }),
  );
}

/** What an unmarked database is. It looks through a scratch schema and takes that back: nothing is changed. */
export async function inspectUnmarked(session: Session, migrations: Migration[]): Promise<Shape> {
  const { client } = session;
  if ((await readCatalog(client)).size === 0) return { kind: 'fresh' };
  await client.query('begin');
  try {
    return await withReference(session, migrations, (reference) => shapeOf(session, reference));
  } finally {
    await client.query('rollback').catch(() => {});
  }
}

async function shapeOf({ client }: Session, { catalogs }: Reference): Promise<Shape> {
  return recognise(await readCatalog(client), catalogs);
}

async function adopt(session: Session, reference: Reference, step: number): Promise<string[]> {
  const { client, log } = session;
  const marked = reference.lineage.slice(0, step + 1);
  log(`this database has the shape ${describeStep(step)}; adopting it`);
  await settleBackups(session, step, reference.schema);
  await dropOlderObjects(session);
  await conform(session, await readCatalog(client), lastingPart(reference, step));
  await giveBackDefinitions(session, marked);
  await createLedger(client);
  for (const migration of marked) await recordMigration(client, migration, { adopted: true });
  log(`adopted: ${marked.map((migration) => migration.label).join(', ')}`);
  return marked.map((migration) => migration.label);
}

/** The shape after a step, less the columns that later steps take away: those leave, and come back, as they were declared. */
function lastingPart({ catalogs }: Reference, step: number): Catalog {
  const last = catalogs.at(-1);
  const lasts = (table: string, column: string) =>
    last?.get(table)?.columns.some(({ name }) => name === column) === true;
  return new Map(
    [...(catalogs[step] ?? [])].map(([table, { columns, rules }]) => {
      return [table, { columns: columns.filter(({ name }) => lasts(table, name)), rules }];
    }),
  );
}

/** Without cascade: something else of the platform's that depends on one of them is named, and stops the adoption. */
async function dropOlderObjects({ client }: Session): Promise<void> {
  for (const view of OLDER_VIEWS) await client.query(`drop view if exists ${view}`);
  const { rows } = await client.query<{ signature: string }>(
    `select oid::regprocedure::text as signature from pg_proc
     where proname = any($1) and pg_function_is_visible(oid)`,
    [OLDER_FUNCTIONS],
  );
  for (const { signature } of rows) await client.query(`drop function ${signature}`);
}

function describeStep(step: number): string {
  return step === 0 ? 'of the legacy baseline' : `after step ${step} of the clean-up`;
}

function refusalOf({ closest, differences }: Extract<Shape, { kind: 'foreign' }>): string {
  return [
    'This database has campaign tables, but neither the legacy shape nor that of a step of the clean-up.',
    `The closest is the shape ${describeStep(closest)}; it differs in:`,
    ...differences.map((line) => `  ${line}`),
    'Nothing was changed.',
  ].join('\n');
}
