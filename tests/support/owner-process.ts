import path from 'node:path';
import pg from 'pg';
import { type Child, startChild } from './child.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The kernel then does not stop PostgreSQL with its owner, as on macOS. */
export const withoutSetpriv = { PATH: '/nowhere' };

/** What the owner prints: how to reach its PostgreSQL and the postmaster's pid, or the refusal. */
export type Owner = { child: Child; url: string; pid: number; refused?: string; message?: string };

/** Starts a process that owns the embedded PostgreSQL in `dataDir` until it is killed. */
export function launchOwner(dataDir: string, env?: NodeJS.ProcessEnv): Child {
  const script = path.join(root, 'tests/support/embedded-owner.ts');
  const args = ['--import', 'tsx', script, dataDir];
  return startChild(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
}

/** The same, resolved when its PostgreSQL takes connections or when it was refused. */
export async function ownerProcess(dataDir: string, env?: NodeJS.ProcessEnv): Promise<Owner> {
  const child = launchOwner(dataDir, env);
  return { child, ...JSON.parse(await child.line(/^\{/, 20_000)) };
}

/** Makes the one table of these tests. */
export async function makeTable(url: string): Promise<void> {
  await query(url, 'create table row (word text)');
}

export async function write(url: string, word: string): Promise<void> {
  await query(url, 'insert into row values ($1)', [word]);
}

export async function words(url: string): Promise<string[]> {
  return (await query(url, 'select word from row')).map((row) => row.word);
}

async function query(url: string, text: string, values: string[] = []): Promise<{ word: string }[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // Its server is going to be killed.
  await client.connect();
  try {
    return (await client.query<{ word: string }>(text, values)).rows;
  } finally {
    await client.end();
  }
}
