import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder that holds package.json, sql/ and dist/: found by walking up, as a build puts the code elsewhere in it. */
export const checkout = findCheckout();

/** A file or folder of it, from its parts. */
export const inCheckout = (...parts: string[]): string => path.join(checkout, ...parts);

function findCheckout(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'sql', 'migrations'))) {
    if (path.dirname(folder) === folder) throw new Error('The folder sql/migrations is missing from this package.');
    folder = path.dirname(folder);
  }
  return folder;
}
