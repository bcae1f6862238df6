import { randomBytes } from 'node:crypto';
import { inject, onTestFinished } from 'vitest';
import { type FreshDatabase, runOn } from '../support/database.ts';

/** A database of the test's own with nothing in it: what migrations start from. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  const adminUrl = inject('adminUrl');
  const name = `pulse_empty_${process.pid}_${randomBytes(4).toString('hex')}`;
  await runOn(adminUrl, `create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const drop = () => runOn(adminUrl, `drop database if exists ${name} with (force)`);
  return { url: url.href, drop, [Symbol.asyncDispose]: drop };
}

/** One for the test that runs, dropped when it ends. (`await using` would say it, but the import checker cannot read it.) */
export async function emptyDatabaseForTest(): Promise<FreshDatabase> {
  const database = await emptyDatabase();
  onTestFinished(database.drop);
  return database;
}
