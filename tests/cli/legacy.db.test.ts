import { expect, test } from 'vitest';
import { emptyDatabaseForTest } from '../sql/empty-database.ts';
import { allRows } from '../sql/lineage-snapshot.ts';
import { query } from '../support/sql.ts';
import { runCli } from './run-cli.ts';

/** A database that the platform's older scripts made: the legacy tables with rows, and nothing of ours. */
async function legacyDatabase() {
  const { url } = await emptyDatabaseForTest();
  const cli = (...args: string[]) => runCli(args, { DATABASE_URL: url });
  expect(await cli('migrate', 'up', '--to', '0001')).toMatchObject({ code: 0 });
  await query(url, 'drop table schema_migrations, schema_objects');
  await query(
    url,
    `insert into campaign_profile (name, advertiser_id, target_audience, cost_per_impression, likes, launched_at)
     values ('Maths tutors wanted', 5, 'tutor', 0.02, 12, now()), ('Summer course', 5, 'everyone', 0.05, 0, now())`,
  );
  return { url, cli };
}

test('somebody with the legacy database can look, go up, come back with every value, and go up again', {
  timeout: 90_000,
}, async () => {
  const { url, cli } = await legacyDatabase();
  const before = await allRows(url);

  const first = await cli('migrate', 'status');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(
    new RegExp(
      '^no migration of ours yet: the tables are those of 0001, the legacy shape, made by older scripts\n' +
        'there already, will be adopted and not run:\n {2}0001_legacy_baseline\npending:\n {2}0002_[^]*' +
        '\n\\d+ functions, views and triggers to be applied, being new or of another text\n$',
    ),
  );
  expect(await allRows(url)).toEqual(before);

  const up = await cli('migrate', 'up');
  expect(up.stdout).toMatch(/^The database is at \d{4}: adopted 0001_legacy_baseline; applied 0002_/);
  expect(up.stderr).toContain("target_audience 'everyone' is no word of the vocabulary");
  expect((await cli('migrate', 'status')).stdout).toMatch(/^at (\d{4}) of \1: current\n {2}0001_.* {2}adopted\n/);
  expect(await cli('audit')).toMatchObject({ code: 0 });

  const unchanged = await allRows(url);
  await query(
    url,
    `insert into campaign_engagement (campaign_id, user_id, engagement_type) values (1, 1, 'like'), (1, 2, 'like')`,
  );
  const refused = await cli('migrate', 'down', '--to', '0001');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(
    /would drop 2 rows of campaign_engagement .*--discard-engagement.* Nothing was changed\.\n$/,
  );
  const { campaign_engagement: made, ...others } = await allRows(url);
  expect(made).toHaveLength(2);
  expect({ campaign_engagement: [], ...others }).toEqual(unchanged);

  const down = await cli('migrate', 'down', '--to', '0001', '--discard-engagement');
  expect(down).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The database is at 0001: took back .*0002_/) });
  expect(await allRows(url)).toEqual(before);
  expect((await cli('migrate', 'status')).stdout).toMatch(/^at 0001 of \d{4}\n {2}0001_.*adopted\npending:\n {2}0002_/);

  expect(await cli('migrate', 'up')).toMatchObject({ code: 0 });
  expect(await cli('audit')).toMatchObject({ code: 0 });
});

test('a status says of a foreign database what is different, and of an empty one that it is empty', {
  timeout: 60_000,
}, async () => {
  const { url, cli } = await legacyDatabase();
  await query(url, 'alter table campaign_media drop column file_size, add column colour text');
  const { stdout, code } = await cli('migrate', 'status');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^no migration of ours yet, and `migrate up` will refuse: closest to 0001, the legacy shape, but different in\n {2}campaign_media: missing file_size\n {2}campaign_media: unexpected colour\npending:\n {2}0001_/,
  );
  const empty = await emptyDatabaseForTest();
  expect((await runCli(['migrate', 'status'], { DATABASE_URL: empty.url })).stdout).toMatch(
    /^no migration yet: there are no campaign tables\npending:\n {2}0001_/,
  );
});
