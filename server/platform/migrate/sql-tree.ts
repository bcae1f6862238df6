import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inCheckout } from '../checkout.ts';
import { MigrationRefused } from './refusal.ts';

/** A file under sql/; `path` is relative to it, with forward slashes. */
export interface SqlFile {
  path: string;
  text: string;
  checksum: string;
}

/** One step: `version` is four digits, `label` is NNNN_name, as it stands in messages. */
export interface Migration {
  version: string;
  name: string;
  label: string;
  up: SqlFile;
  down: SqlFile | undefined;
}

/** Everything under sql/ that the runner applies, in the order in which it does. */
export interface SqlTree {
  migrations: Migration[];
  objects: SqlFile[];
}

/** Re-appliable objects come in this order: a view may use functions, a trigger both. */
const OBJECT_FOLDERS = ['functions', 'views', 'triggers'];

/** Reads sql/ (or another folder of that layout; tests hand one in). Refuses two migrations of one number. */
export async function readSqlTree(dir: string = inCheckout('sql')): Promise<SqlTree> {
  const migrations = await readMigrations(dir);
  const folders = await Promise.all(OBJECT_FOLDERS.map((folder) => readSqlFolder(dir, folder)));
  return { migrations, objects: folders.flat() };
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const files = await readSqlFolder(dir, 'migrations');
  const migrations = new Map<string, Migration>();
  for (const up of files) {
    const [, version, name] = /^migrations\/(\d{4})_(\w+)\.up\.sql$/.exec(up.path) ?? [];
    if (version === undefined || name === undefined) continue;
    const label = `${version}_${name}`;
    const twin = migrations.get(version);
    if (twin) throw new MigrationRefused(`${twin.label} and ${label} have the same number.`);
    const down = files.find((file) => file.path === `migrations/${label}.down.sql`);
    migrations.set(version, { version, name, label, up, down });
  }
  return [...migrations.values()];
}

async function readSqlFolder(dir: string, folder: string): Promise<SqlFile[]> {
  const path = join(dir, folder);
  if (!existsSync(path)) return [];
  const names = (await readdir(path)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(names.map((name) => readSqlFile(dir, `${folder}/${name}`)));
}

/** Line ends are normalised first: a checkout on Windows must not look like an edit. */
async function readSqlFile(dir: string, path: string): Promise<SqlFile> {
  const text = (await readFile(join(dir, path), 'utf8')).replaceAll('\r\n', '\n');
  return { path, text, checksum: createHash('sha256').update(text).digest('hex') };
}
