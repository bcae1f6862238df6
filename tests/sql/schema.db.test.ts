import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { expect, it } from 'vitest';
import { schemaText } from '../../server/platform/migrate/schema-text.ts';
import { freshDatabase } from '../support/database.ts';

it('sql/schema.sql is what the migrations make; `npm run schema` writes it anew', async () => {
  const database = await freshDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const text = await schemaText(client);
  await client.end();
  await database.drop();
  expect(text).toBe(await readFile(new URL('../../sql/schema.sql', import.meta.url), 'utf8'));
});
