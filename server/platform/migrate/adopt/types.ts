/** What becomes of an adopted column whose type is not ours. */
export type TypeVerdict = 'same' | 'convert' | 'keep' | 'foreign';

/**
 * Compares a column's type with the one that our migrations give it.
 *
 * - `convert`: every value fits ours unchanged (integer → bigint, varchar → text, numeric(10,2) → numeric(14,2)). A
 *   timestamp without zone counts too: it becomes the instant that it is in the session's time zone, which is how
 *   `default now()` wrote it.
 * - `keep`: the same kind of value, but converting could lose something (double precision → numeric). It stays.
 * - `foreign`: another kind of value; the table only looks like ours.
 */
export function judgeType(theirs: string, ours: string): TypeVerdict {
  if (theirs === ours) return 'same';
  if (kindOf(theirs) !== kindOf(ours)) return 'foreign';
  return isLossless(theirs, ours) ? 'convert' : 'keep';
}

const KINDS: [RegExp, string][] = [
  [/\[\]$/, 'list'],
  [/^(smallint|integer|bigint|numeric|real|double precision)/, 'number'],
  [/^(text|character|inet|cidr|uuid|citext)/, 'text'],
  [/^(timestamp|date)/, 'time'],
  [/^jsonb?$/, 'json'],
];

function kindOf(type: string): string {
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? type;
}

function isLossless(theirs: string, ours: string): boolean {
  if (ours === 'text[]') return /^character varying(\(\d+\))?\[\]$/.test(theirs);
  if (ours === 'text') return /^character varying/.test(theirs);
  if (ours === 'bigint') return theirs === 'integer' || theirs === 'smallint';
  if (ours === 'integer') return theirs === 'smallint';
  if (ours === 'timestamp with time zone') return theirs === 'timestamp without time zone';
  const [from, to] = [digitsOf(theirs), digitsOf(ours)];
  return from !== undefined && to !== undefined && from.whole <= to.whole && from.fraction <= to.fraction;
}

function digitsOf(type: string): { whole: number; fraction: number } | undefined {
  if (type === 'smallint') return { whole: 5, fraction: 0 };
  if (type === 'integer') return { whole: 10, fraction: 0 };
  const [, precision, scale] = /^numeric\((\d+),(\d+)\)$/.exec(type) ?? [];
  return precision === undefined ? undefined : { whole: Number(precision) - Number(scale), fraction: Number(scale) };
}
