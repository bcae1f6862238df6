import fs from 'node:fs';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { startOwnServer } from '../../server/cli/replay/own-server.ts';
import { scratchDirectory } from '../support/scratch.ts';

test('a server of its own runs on a database of its own, and leaves nothing behind', { timeout: 60_000 }, async () => {
  const temporary = scratchDirectory('own');
  const before = process.env.TMPDIR;
  onTestFinished(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  process.env.TMPDIR = temporary;
  const own = startOwnServer(() => {});
  const url = await own.url;
  const answer = await fetch(`${url}/api/v1/campaigns`);
  const client = new pg.Client({ connectionString: own.databaseUrl() });
  await client.connect();
  const { rows } = await client.query('select current_database() as name');
  await client.end();
  expect({ status: answer.status, rows }).toEqual({ status: 200, rows: [{ name: 'campaign_pulse' }] });

  await Promise.all([own.stop(), own.stop()]);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  expect(fs.readdirSync(temporary).filter((name) => name.startsWith('campaign-pulse'))).toEqual([]);
  fs.rmSync(temporary, { recursive: true });
});
