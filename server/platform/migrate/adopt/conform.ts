import pg from 'pg';
import { describeCause, MigrationRefused } from '../refusal.ts';
import { type Session, withProgress } from '../session.ts';
import { type Catalog, type Column, type Rule, type Table, TRUTH } from './catalog.ts';
import { judgeType } from './types.ts';

/** A statement that brings an adopted table nearer to ours. */
interface Change {
  table: string;
  sql: string;
}

/**
 * Gives adopted tables what our migrations would have given them: types (where no value changes), defaults, required
 * columns, rules and indexes. What the tables have beyond that stays.
 *
 * Rows that break a rule do not stop it on the platform's own four tables: the rule is left out, and the log has the
 * statement to run once the rows are put right. On campaign_engagement they do stop it, since counting rests on its rules.
 */
export async function conform(session: Session, database: Catalog, reference: Catalog): Promise<void> {
  await refuseUncountable(session);
  for (const name of TRUTH) {
    const [theirs, ours] = [database.get(name), reference.get(name)];
    if (!theirs || !ours) continue;
    reportKeptTypes(session, name, theirs, ours);
    const changes = [...columnChanges(name, theirs, ours), ...ruleChanges(name, theirs, ours)];
    for (const change of changes) await makeChange(session, change);
  }
}

/** An impression of nobody, or of no time, could never be counted: said before anything is changed. */
async function refuseUncountable({ client }: Session): Promise<void> {
  const { rows } = await client.query<{ nobody: string; never: string }>(
    `select count(*) filter (where user_id is null and session_id is null) as nobody,
       count(*) filter (where created_at is null) as never from campaign_impressions`,
  );
  const [{ nobody, never } = { nobody: '0', never: '0' }] = rows;
  if (Number(nobody) === 0 && Number(never) === 0) return;
  throw new MigrationRefused(
    `campaign_impressions has ${nobody} rows with neither user_id nor session_id and ${never} without created_at, which can not be counted. Put them right and come again. Nothing was changed.`,
  );
}

function reportKeptTypes({ log }: Session, table: string, theirs: Table, ours: Table): void {
  for (const [column, expected] of pairs(theirs, ours)) {
    if (judgeType(column.type, expected.type) !== 'keep') continue;
    log(`${table}.${column.name} stays ${column.type}: converting to ${expected.type} could lose something`);
  }
}

function columnChanges(table: string, theirs: Table, ours: Table): Change[] {
  return pairs(theirs, ours).flatMap(([column, expected]) => {
    const alter = (what: string) => ({ table, sql: `alter table ${table} alter column ${column.name} ${what}` });
    const converts = judgeType(column.type, expected.type) === 'convert';
    const lacksDefault = column.defaultValue === null && expected.defaultValue !== null;
    const lacksRequired = expected.notNull && !column.notNull;
    const countsItself = column.isIdentity || column.defaultValue !== null;
    return [
      ...(converts ? [alter(`type ${expected.type}`), ...widenSequence(table, column, expected)] : []),
      ...(lacksDefault ? [alter(`set default ${expected.defaultValue}`)] : []),
      ...(lacksRequired ? [alter('set not null')] : []),
      ...(expected.isIdentity && !countsItself ? [alter('add generated always as identity'), goOnCounting(table)] : []),
    ];
  });
}

/** A serial column counts with a sequence of its old type, which would end where that type does. */
function widenSequence(table: string, column: Column, expected: Column): Change[] {
  const sequence = /^nextval\('(.+)'::regclass\)$/.exec(column.defaultValue ?? '')?.[1];
  return sequence ? [{ table, sql: `alter sequence ${sequence} as ${expected.type}` }] : [];
}

/** A new identity starts at 1, below the ids that are there. */
function goOnCounting(table: string): Change {
  const next = `(select coalesce(max(id), 0) + 1 from ${table})`;
  return { table, sql: `select setval(pg_get_serial_sequence('${table}', 'id'), ${next}, false)` };
}

function ruleChanges(table: string, theirs: Table, ours: Table): Change[] {
  return ours.rules
    .filter((rule) => !theirs.rules.some((one) => one.kind === rule.kind && one.definition === rule.definition))
    .flatMap((rule) => {
      const obstacles = theirs.rules.filter((one) => one.kind !== 'i' && isInTheWay(one, rule));
      return [
        ...obstacles.map((one) => ({ table, sql: `alter table ${table} drop constraint "${one.name}"` })),
        { table, sql: addRule(table, rule) },
      ];
    });
}

/** The same name with another meaning, or a foreign key of the same columns that treats deletion otherwise. */
function isInTheWay(theirs: Rule, ours: Rule): boolean {
  const sameColumns = theirs.columns.join() === ours.columns.join();
  return theirs.name === ours.name || (theirs.kind === 'f' && ours.kind === 'f' && sameColumns);
}

function addRule(table: string, rule: Rule): string {
  if (rule.kind === 'i') return rule.definition.replace('INDEX ON', `INDEX ${rule.name} ON`);
  return `alter table ${table} add constraint ${rule.name} ${rule.definition}`;
}

/** Integrity violations are SQLSTATE class 23: rows, not the statement, are the cause. */
async function makeChange(session: Session, { table, sql }: Change): Promise<void> {
  const { client, log } = session;
  await client.query('savepoint change');
  try {
    await withProgress(session, sql, () => client.query(sql));
    log(sql);
  } catch (cause) {
    await client.query('rollback to savepoint change');
    const isAboutRows = cause instanceof pg.DatabaseError && cause.code?.startsWith('23') === true;
    if (!isAboutRows || table === 'campaign_engagement') {
      throw new MigrationRefused(`\`${sql}\` is not possible: ${describeCause(cause)}. Nothing was changed.`, {
        cause,
      });
    }
    log(`left out, put the rows right and run it by hand: ${sql}; (${describeCause(cause)})`);
  }
  await client.query('release savepoint change');
}

function pairs(theirs: Table, ours: Table): [Column, Column][] {
  return theirs.columns.flatMap((column) => {
    const expected = ours.columns.find((one) => one.name === column.name);
    return expected ? [[column, expected] as [Column, Column]] : [];
  });
}
