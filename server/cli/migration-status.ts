import type { MigrationStatus } from '../platform/migrate/migrate.ts';

const few = 3;

/** The state of a database's schema for people: a line a migration, then whatever is not as this version's files say. */
export function statusText(status: MigrationStatus): string {
  const { current, head, applied, edited, unknown, skipped, staleObjects, removedObjects } = status;
  const [adoptable, pending] = split(status);
  const isCurrent = [status.pending, edited, unknown, skipped, staleObjects, removedObjects].every(
    (list) => list.length === 0,
  );
  return [
    ...(status.unmarked ? shapeText(status.unmarked) : [`at ${current} of ${head}${isCurrent ? ': current' : ''}`]),
    ...applied.map(
      (step) => `  ${step.version}_${step.name}  ${step.appliedAt.toISOString()}${adoption(step.adopted)}`,
    ),
    ...listed('there already, will be adopted and not run', adoptable),
    ...listed('pending', pending),
    ...listed('edited after it was applied', edited),
    ...listed('unknown to this version', unknown),
    ...listed('skipped although a later one is applied', skipped),
    ...objects('to be applied, being new or of another text', staleObjects),
    ...objects('applied, but its file is gone', removedObjects),
  ].join('\n');
}

const adoption = (adopted: boolean) => (adopted ? '  adopted' : '');

/** Of a database that older scripts brought to a step: the migrations up to there, and those that have to run. */
function split({ pending, unmarked }: MigrationStatus): [adoptable: string[], pending: string[]] {
  const steps = unmarked?.kind === 'step' ? unmarked.step + 1 : 0;
  return [pending.slice(0, steps), pending.slice(steps)];
}

function shapeText(shape: NonNullable<MigrationStatus['unmarked']>): string[] {
  switch (shape.kind) {
    case 'fresh':
      return ['no migration yet: there are no campaign tables'];
    case 'step':
      return [`no migration of ours yet: the tables are those of ${versionOf(shape.step)}, made by older scripts`];
    case 'foreign':
      return [
        `no migration of ours yet, and \`migrate up\` will refuse: closest to ${versionOf(shape.closest)}, but different in`,
        ...shape.differences.map((line) => `  ${line}`),
      ];
    default:
      return shape satisfies never;
  }
}

/** Step k of the lineage is migration k + 1. */
const versionOf = (step: number) => String(step + 1).padStart(4, '0') + (step === 0 ? ', the legacy shape' : '');

function listed(what: string, labels: string[]): string[] {
  return labels.length === 0 ? [] : [`${what}:`, ...labels.map((label) => `  ${label}`)];
}

/** A few by their names; nearly all of them differ in a database of another version, and nobody reads that. */
function objects(what: string, paths: string[]): string[] {
  return paths.length > few ? [`${paths.length} functions, views and triggers ${what}`] : listed(what, paths);
}
