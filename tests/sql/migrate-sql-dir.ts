import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const SQL = fileURLToPath(new URL('../../sql/', import.meta.url));

/** A folder of sql/'s layout that the running test may write into; it is removed when the test ends. */
export interface SqlDir {
  path: string;
  write(file: string, text: string): Promise<void>;
}

/** `lineage`: with our migrations 0001 to 0006 in it, and nothing of what comes after them. */
export async function sqlDir({ lineage }: { lineage: boolean }): Promise<SqlDir> {
  const path = await mkdtemp(join(tmpdir(), 'pulse-sql-'));
  onTestFinished(() => rm(path, { recursive: true }));
  await mkdir(join(path, 'migrations'));
  const names = lineage ? await readdir(join(SQL, 'migrations')) : [];
  for (const name of names.filter((name) => name < '0007')) {
    await cp(join(SQL, 'migrations', name), join(path, 'migrations', name));
  }
  return {
    path,
    async write(file, text) {
      await mkdir(dirname(join(path, file)), { recursive: true });
      await writeFile(join(path, file), text);
    },
  };
}

/** Two small migrations: a table, and a column of it. */
export async function toySqlDir(): Promise<SqlDir> {
  const dir = await sqlDir({ lineage: false });
  await dir.write('migrations/0001_first.up.sql', 'create table first (id integer primary key);\n');
  await dir.write('migrations/0001_first.down.sql', 'drop table first;\n');
  await dir.write('migrations/0002_second.up.sql', 'alter table first add column name text;\n');
  await dir.write('migrations/0002_second.down.sql', 'alter table first drop column name;\n');
  return dir;
}
