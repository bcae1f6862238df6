import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../server/platform/embedded/embedded-postgres.ts';
import { ensureDatabase } from '../../server/platform/embedded/ensure-database.ts';
import { removeCluster, sweepLeftovers } from '../../server/platform/embedded/leftovers.ts';
import { scratchDirectory } from '../support/scratch.ts';
import { type NodeChild, type NodeChildOptions, startNode } from './children.ts';

/** What both sides of a comparison stand on: one PostgreSQL that writes through to the disk, and the processes. */
export interface Stage {
  postgres: { pid: number; version: string };
  /** The URL of a database of this name, made when it is not there. */
  database(name: string): Promise<string>;
  start(file: string, options: NodeChildOptions): NodeChild;
  /** Stops every process and drops the databases: background work of one scenario must not run through the next. */
  clear(): Promise<void>;
  /** Stops every process, then PostgreSQL, and removes its directory. May be called twice, and at any moment. */
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  sweepLeftovers();
  const directory = scratchDirectory('bench');
  const dataDir = path.join(directory, 'postgres');
  const server = await startEmbeddedPostgres({ dataDir, database: 'bench' }).catch((error: unknown) => {
    fs.rmSync(directory, { recursive: true, force: true });
    throw error;
  });
  const children: NodeChild[] = [];
  const databases = new Set<string>();
  const stopChildren = () => Promise.all(children.splice(0).map((child) => child.stop()));
  let closing: Promise<void> | undefined;
  const close = async () => {
    await stopChildren();
    await server.stop();
    removeCluster(dataDir);
    fs.rmSync(directory, { recursive: true, force: true });
  };
  return {
    postgres: { pid: server.pid, version: server.version },
    async database(name) {
      await ensureDatabase(server.url, name);
      databases.add(name);
      return Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
    },
    start(file, options) {
      if (closing) throw new Error('the bench is being stopped');
      const child = startNode(file, options);
      children.push(child);
      return child;
    },
    async clear() {
      await stopChildren();
      for (const name of databases) await runSql(server.url, `drop database ${name} with (force)`);
      databases.clear();
    },
    close: () => (closing ??= close()),
  };
}

/** One statement on a connection of its own. */
export async function runSql<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // The query rejects too; without a listener the event would end the process.
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
