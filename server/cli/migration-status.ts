import type { MigrationStatus } from '../platform/migrate/migrate.ts';

/** The state of a database's schema for people: a line a migration, then whatever is not as this version's files say. */
export function statusText(status: MigrationStatus): string {
  const { current, head, applied, pending, edited, unknown, skipped, staleObjects, removedObjects, unmarked } = status;
  const isCurrent = [pending, edited, unknown, skipped, staleObjects, removedObjects].every(
    (list) => list.length === 0,
  );
  return [
    `at ${current ?? '0000'} of ${head ?? '0000'}${isCurrent ? ': current' : ''}`,
    ...(unmarked ? [`no migration of ours is marked; the shape is: ${unmarked}`] : []),
    ...applied.map(
      (step) => `  ${step.version}_${step.name}  ${step.appliedAt.toISOString()}${adoption(step.adopted)}`,
    ),
    ...listed('pending', pending),
    ...listed('edited after it was applied', edited),
    ...listed('unknown to this version', unknown),
    ...listed('skipped although a later one is applied', skipped),
    ...listed('to be applied again, its text changed', staleObjects),
    ...listed('applied, but its file is gone', removedObjects),
  ].join('\n');
}

const adoption = (adopted: boolean) => (adopted ? '  adopted' : '');

function listed(what: string, labels: string[]): string[] {
  return labels.length === 0 ? [] : [`${what}:`, ...labels.map((label) => `  ${label}`)];
}
