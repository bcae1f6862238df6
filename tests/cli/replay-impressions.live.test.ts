import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { startServerProcess } from '../support/processes.ts';
import { scratchPath } from '../support/scratch.ts';
import { query } from '../support/sql.ts';
import { fixture, runCli } from './run-cli.ts';

const secret = 'a secret of these tests alone';
const file = fixture('impressions.csv');

/** The file's own counts, by a reading of its own. */
function countsOf(): Record<string, { impressions: number; clicks: number }> {
  const counts: Record<string, { impressions: number; clicks: number }> = {};
  for (const line of readFileSync(file, 'utf8').trim().split('\n').slice(1)) {
    const [, , campaign, , position, click] = line.split(',');
    const cell = `${campaign} ${position}`;
    const { impressions, clicks } = counts[cell] ?? { impressions: 0, clicks: 0 };
    counts[cell] = { impressions: impressions + 1, clicks: clicks + Number(click) };
  }
  return counts;
}

test('recorded impressions come out by campaign and position exactly, whatever was sent twice or cut off', {
  timeout: 60_000,
}, async () => {
  await using database = await freshDatabase();
  await using server = await startServerProcess({
    databaseUrl: database.url,
    env: { DEMO: '1', JWT_SECRET: secret, RATE_LIMITS: 'off' },
  });
  const env = { JWT_SECRET: secret, DATABASE_URL: database.url };
  const { code, stdout, stderr } = await runCli(['replay', file, '--url', server.url, '--json'], env);
  expect(code, stderr + stdout).toBe(0);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    ok: true,
    format: 'impressions',
    impressions: 1_100,
    rejected: 0,
    cut: 1,
    differences: [],
  });
  expect(result.duplicates).toBeGreaterThan(500);
  const cells: { cell: string; rows: object; rollup: object; statistics: object }[] = result.cells;
  for (const source of ['rows', 'rollup', 'statistics'] as const) {
    expect(Object.fromEntries(cells.map((cell) => [cell.cell, cell[source]]))).toEqual(countsOf());
  }
  expect(await query(database.url, 'select from campaign_profile p, audit_campaign(p.id)')).toEqual([]);
});

test('a file with a line that is no impression is refused by that line', async () => {
  const broken = scratchPath('broken-impressions.csv');
  writeFileSync(broken, 'timestamp,campaign,position,click\n2019-03-01 08:00:00.000000+00:00,north,4,0\n');
  expect(await runCli(['replay', broken], { JWT_SECRET: secret })).toMatchObject({
    code: 1,
    stderr: `${broken}, line 2, is no impression of this format.\n`,
  });
});
