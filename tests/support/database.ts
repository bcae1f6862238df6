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
export async function freshDatabase(): Promise<FreshDatabase> {
  const adminUrl = inject('adminUrl');
  const name = `pulse_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const copy = `create database ${name} template ${pg.escapeIdentifier(inject('templateName'))} strategy file_copy`;
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
