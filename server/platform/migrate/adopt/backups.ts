import type { Session } from '../session.ts';
import { type Column, readCatalog } from './catalog.ts';

/** The table that the rollback of a step reads, by the step that fills it. */
const BACKUPS = new Map([
  [2, 'campaign_profile_invoice_backup'],
  [4, 'campaign_profile_metrics_backup'],
  [5, 'campaign_profile_duplicate_fields_backup'],
]);

/** What the older scripts cannot have: how our step 5 carried values over. Missing there means: nothing to undo. */
const OURS_ALONE = ['previous_target_audiences', 'carried_target_audiences', 'carried_cpi_rate'];

/**
 * Brings the backup tables into the form that our down files read, for a database that stands after `step`.
 *
 * A backup of a step that was done is kept in its place, or its readable part copied there; one that is missing becomes
 * an empty one, and the log says that rolling that step back gives NULLs. A backup of a step that was not done is what an
 * older rollback left behind: it is renamed, so that the step can make its own. Nothing is dropped.
 */
export async function settleBackups(session: Session, step: number, reference: string): Promise<void> {
  for (const [madeBy, name] of BACKUPS) {
    const columns = (await readCatalog(session.client, [name])).get(name)?.columns;
    const isDone = madeBy <= step;
    if (isDone) await settleOne(session, { name, columns, madeBy, reference });
    else if (columns) await setAside(session, name);
  }
}

interface Backup {
  name: string;
  columns: Column[] | undefined;
  madeBy: number;
  reference: string;
}

async function settleOne(session: Session, backup: Backup): Promise<void> {
  const { name, columns, madeBy, reference } = backup;
  const wanted =
    (await readCatalog(session.client, [`${reference}.${name}`])).get(`${reference}.${name}`)?.columns ?? [];
  const has = new Set(columns?.map((column) => column.name));
  const lost = wanted.filter((column) => !has.has(column.name) && !OURS_ALONE.includes(column.name));
  if (wanted.length === has.size && wanted.every((column) => has.has(column.name))) return;
  const isReadable = columns !== undefined && has.has('id');
  const aside = columns ? await setAside(session, name) : '';
  if (isReadable) await copyReadablePart(session, name, { aside, wanted, has });
  else await session.client.query(`create table ${name} (like ${reference}.${name} including defaults)`);
  await session.client.query(`alter table ${name} add primary key (id)`);
  if (!isReadable) {
    session.log(`step ${madeBy} left no ${name} to read: rolling it back gives its columns with NULLs`);
  } else if (lost.length > 0) {
    const names = lost.map((column) => column.name).join(', ');
    session.log(`${name} lacks ${names}: rolling step ${madeBy} back gives NULLs there`);
  }
}

async function copyReadablePart(
  { client }: Session,
  name: string,
  { aside, wanted, has }: { aside: string; wanted: Column[]; has: Set<string> },
): Promise<void> {
  const values = wanted.map(({ name: column, type }) => (has.has(column) ? column : `null::${type} as ${column}`));
  await client.query(`create table ${name} as select ${values.join(', ')} from ${aside}`);
}

async function setAside({ client, log }: Session, name: string): Promise<string> {
  const { rows } = await client.query<{ aside: string }>(
    `select $1 || '_found_' || to_char(now() at time zone 'UTC', 'YYYYMMDDHH24MISS') as aside`,
    [name],
  );
  const aside = rows[0]?.aside ?? `${name}_found`;
  await client.query(`alter table ${name} rename to ${aside}`);
  log(`the ${name} that was there is kept as ${aside}`);
  return aside;
}
