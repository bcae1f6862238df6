import { type Catalog, type Table, TRUTH } from './catalog.ts';
import { judgeType } from './types.ts';

/**
 * What an unmarked database is: one that has none of the tables, one that stands after step 0 (the legacy baseline) to
 * 5, or something else, with what it differs in from the step that it is closest to.
 */
export type Shape =
  | { kind: 'fresh' }
  | { kind: 'step'; step: number }
  | { kind: 'foreign'; closest: number; differences: string[] };

/** Every table must have exactly the columns of one step: a partly matching set is none. */
export function recognise(database: Catalog, steps: Catalog[]): Shape {
  if (database.size === 0) return { kind: 'fresh' };
  const found = steps.map((reference) => differencesFrom(database, reference));
  const step = found.findIndex((differences) => differences.count === 0);
  if (step >= 0) return { kind: 'step', step };
  const fewest = Math.min(...found.map((differences) => differences.count));
  const closest = found.findIndex((differences) => differences.count === fewest);
  return { kind: 'foreign', closest, differences: found[closest]?.lines ?? [] };
}

/** A line for a table or column that differs; `count` weighs a missing table as much as its columns. */
interface Differences {
  lines: string[];
  count: number;
}

function differencesFrom(database: Catalog, reference: Catalog): Differences {
  const all = TRUTH.map((name) => tableDifferences(name, database.get(name), reference.get(name)));
  return { lines: all.flatMap((one) => one.lines), count: all.reduce((sum, one) => sum + one.count, 0) };
}

function tableDifferences(name: string, theirs: Table | undefined, ours: Table | undefined): Differences {
  if (!theirs && !ours) return { lines: [], count: 0 };
  if (!theirs) return { lines: [`${name}: the table is missing`], count: ours?.columns.length ?? 0 };
  if (!ours) return { lines: [`${name}: the table is unexpected`], count: theirs.columns.length };
  const missing = ours.columns.filter((column) => !hasColumn(theirs, column.name)).map((column) => column.name);
  const unexpected = theirs.columns.filter((column) => !hasColumn(ours, column.name)).map((column) => column.name);
  const foreign = theirs.columns.flatMap((column) => {
    const expected = ours.columns.find((one) => one.name === column.name);
    const isForeign = expected && judgeType(column.type, expected.type) === 'foreign';
    return isForeign ? [`${name}.${column.name}: is ${column.type}, expected ${expected.type}`] : [];
  });
  const lines = [
    ...(missing.length > 0 ? [`${name}: missing ${missing.join(', ')}`] : []),
    ...(unexpected.length > 0 ? [`${name}: unexpected ${unexpected.join(', ')}`] : []),
    ...foreign,
  ];
  return { lines, count: missing.length + unexpected.length + foreign.length };
}

function hasColumn(table: Table, name: string): boolean {
  return table.columns.some((column) => column.name === name);
}
