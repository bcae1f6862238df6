import type { Documents } from './documents.ts';

/**
 * How a state differs from the one wanted, a sentence each: what is missing, what is too much, and each field that is
 * another. Only the fields of the wanted document are looked at, so that a truth may know less than a state shows.
 */
export function differences(wanted: Documents, got: Documents): string[] {
  const found: string[] = [];
  for (const [name, document] of wanted) {
    const other = got.get(name);
    if (other) found.push(...fieldDifferences(document, other, name));
    else found.push(`${name} is missing`);
  }
  for (const name of got.keys()) if (!wanted.has(name)) found.push(`${name} should not be there`);
  return found;
}

function fieldDifferences(wanted: unknown, got: unknown, path: string): string[] {
  if (isRecord(wanted) && isRecord(got)) {
    return Object.entries(wanted).flatMap(([name, value]) => fieldDifferences(value, got[name], `${path} ${name}`));
  }
  return wanted === got ? [] : [`${path} is ${shown(got)}, should be ${shown(wanted)}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'not there';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
