import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { eventually } from './poll.ts';

export type FreshDatabase = {
  url: string;
  /** Also ends the connections that are still open. */
  drop(): Promise<void>;
  /** `await using database = await freshDatabase()` drops it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void>;
};

const COPIED_WITHIN = 10_000;

/**
 * A migrated, empty database of the test's own. Copying the template's files takes some 40 ms, migrating takes seconds.
 * PostgreSQL refuses while somebody is connected to the template (a look with psql, say), so it is tried again.
 */
export const freshDatabase = (template: string = inject('templateName')): Promise<FreshDatabase> =>
  copyOf(template, `pulse_test_${process.pid}_${randomBytes(4).toString('hex')}`);

/**
 * A migrated database that `fill` puts something into, for `freshDatabase` to copy: where filling takes longer than
 * copying. It stays until the run ends. Answers its name.
 */
export async function filledTemplate(fill: (url: string) => Promise<void>): Promise<string> {
  const name = `${inject('templateName')}_${process.pid}_${randomBytes(4).toString('hex')}`;
  const { url } = await copyOf(inject('templateName'), name);
  await fill(url);
  return name;
}

async function copyOf(template: string, name: string): Promise<FreshDatabase> {
  const adminUrl = inject('adminUrl');
  const copy = `create database ${name} template ${pg.escapeIdentifier(template)} strategy file_copy`;
  await eventually(() => runOn(adminUrl, copy), { within: COPIED_WITHIN });
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const drop = () => runOn(adminUrl, `drop database if exists ${name} with (force)`);
  return { url: url.href, drop, [Symbol.asyncDispose]: drop };
}

/** One statement on a connection of its own; CREATE and DROP DATABASE must not run in a transaction. */
export async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // The query rejects too; without a listener the event would end the process.
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Runs what a query answers, statement by statement. */
export async function runEach(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, string>>(statements);
    for (const row of rows) for (const statement of Object.values(row)) await client.query(statement);
  } finally {
    await client.end();
  }
}
