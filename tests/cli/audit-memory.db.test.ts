import { expect, test } from 'vitest';
import { activeCampaigns } from '../audit/activity.ts';
import { freshDatabase } from '../support/database.ts';
import { query } from '../support/sql.ts';
import { runCli } from './run-cli.ts';

const differences = 400_000;

/** The heap that the process may have; all differences at once take some three times that. */
const heapMb = 96;

test('differences are printed as they are found: hundreds of thousands of one campaign need no memory', {
  timeout: 120_000,
}, async () => {
  const database = await freshDatabase();
  const [campaign = 0] = await activeCampaigns(database.url, 1);
  await query(
    database.url,
    `insert into campaign_viewers select $1, 's:nobody ' || n, 1 from generate_series(1, $2::int) n`,
    [campaign, differences],
  );
  // Large enough to be audited by a statement of its own.
  await query(
    database.url,
    `insert into campaign_impressions (campaign_id, session_id) select $1, 's' || n from generate_series(1, 3000) n`,
    [campaign],
  );
  const env = { DATABASE_URL: database.url, NODE_OPTIONS: `--max-old-space-size=${heapMb}` };
  for (const args of [['audit'], ['audit', '--json']]) {
    const run = await runCli(args, env);
    expect(run.stderr.replaceAll(/^audited.*\n/gm, '')).toBe('');
    expect(run.code).toBe(1);
    expect(run.stdout.match(/nobody/g)?.length).toBe(differences);
  }
  await database.drop();
});
