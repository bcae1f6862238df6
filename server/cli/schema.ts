import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import pg from 'pg';
import { inCheckout } from '../platform/checkout.ts';
import { startEmbeddedPostgres } from '../platform/embedded/embedded-postgres.ts';
import { migrateUp } from '../platform/migrate/migrate.ts';
import { schemaText } from '../platform/migrate/schema-text.ts';

const schemaFile = inCheckout('sql/schema.sql');

/** `schema`: writes sql/schema.sql, from a database made for it alone. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description('write sql/schema.sql: what the migrations make, in one place to read')
    .action(async () => {
      const scratch = await mkdtemp(path.join(os.tmpdir(), 'campaign-pulse-schema-'));
      const server = await startEmbeddedPostgres({ dataDir: path.join(scratch, 'pg'), ephemeral: true });
      try {
        await migrateUp(server.url);
        await writeFile(schemaFile, await readSchema(server.url));
      } finally {
        await server.stop();
        await rm(scratch, { recursive: true, force: true });
      }
      console.log(`wrote ${path.relative(process.cwd(), schemaFile)}`);
    });
}

async function readSchema(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await schemaText(client);
  } finally {
    await client.end();
  }
}
