import { beforeAll, expect, test } from 'vitest';
import { activeCampaigns } from '../audit/activity.ts';
import { emptyDatabaseForTest } from '../sql/empty-database.ts';
import { freshDatabase } from '../support/database.ts';
import { query } from '../support/sql.ts';
import { runCli } from './run-cli.ts';

const within = { timeout: 60_000 };

let url: string;
let campaigns: number[];
beforeAll(async () => {
  const database = await freshDatabase();
  url = database.url;
  campaigns = await activeCampaigns(url, 3);
  return database.drop;
});

/** Spoils, audits, and says which lines it takes; the statements undo what they did. */
async function auditOf(spoil: string[], repair: string[], args: string[] = []) {
  for (const statement of spoil) await query(url, statement);
  const run = await runCli(['audit', ...args], { DATABASE_URL: url });
  for (const statement of repair) await query(url, statement);
  return run;
}

test('equal projections are one sentence and exit 0', within, async () => {
  const run = await runCli(['audit'], { DATABASE_URL: url });
  expect(run).toEqual({ code: 0, stdout: 'Audited 3 campaigns: everything is equal.\n', stderr: '' });
});

test(
  'every kind of damage is a line that says where, what is stored and what was counted, and exit 1',
  within,
  async () => {
    const [first = 0, second = 0] = campaigns;
    const [comment] = await query<{ id: string }>(
      url,
      `select min(comment_id) as id from comment_counters where campaign_id = $1`,
      [first],
    );
    const [lost] = await query<{ id: string }>(
      url,
      `select max(comment_id) as id from comment_counters where campaign_id = $1`,
      [first],
    );
    const [flag] = await query<{ id: string }>(
      url,
      `select min(id) as id from campaign_impressions where campaign_id = $1`,
      [second],
    );
    const [cell] = await query<{ hour: string; placement: string }>(
      url,
      `select hour::text, placement from impression_hourly where campaign_id = $1 order by hour, placement limit 1`,
      [second],
    );
    const run = await auditOf(
      [
        `begin; update campaign_counters set likes = 41 where campaign_id = ${first};
       update comment_counters set likes = likes + 7 where comment_id = ${comment?.id};
       delete from comment_counters where comment_id = ${lost?.id}; commit`,
        `insert into campaign_viewers values (${second}, 's:nobody', 3)`,
        `update impression_hourly set clicks = clicks + 1
       where campaign_id = ${second} and hour = '${cell?.hour}' and placement = '${cell?.placement}'`,
        `alter table campaign_impressions disable trigger all`,
        `update campaign_impressions set is_unique_impression = not is_unique_impression where id = ${flag?.id}`,
        `alter table campaign_impressions enable trigger all`,
        `delete from live_event where stream = 'campaign:${second}' and seq = 3`,
        `insert into live_stream (stream, head) values ('elsewhere', 3)`,
        `insert into live_event (stream, seq, version, name, data) select 'elsewhere', seq, 0, 'x', '{}' from unnest('{1,3}'::int[]) seq`,
        // Of campaigns that are not there any more.
        `insert into campaign_counters (campaign_id, likes) values (777000, 1), (778000, 1)`,
        `insert into comment_counters (comment_id, campaign_id, depth, created_at) values (777001, 777000, 0, now())`,
        `insert into impression_hourly (campaign_id, hour, impressions) values (778000, '2026-01-01 00:00+00', 5)`,
      ],
      [
        `delete from live_event where stream in ('campaign:${second}', 'elsewhere')`,
        `update live_stream set kept_from = head + 1 where stream in ('campaign:${second}', 'elsewhere')`,
        `select rebuild_campaign(id) from campaign_profile`,
        `select drop_orphaned_projections()`,
      ],
    );
    const lines = run.stdout.trimEnd().split('\n');
    const last = lines.pop();
    const found = lines.map((line) =>
      line
        .replace(/: stored .*/, '')
        .replaceAll(/ +/g, ' ')
        .trim(),
    );
    expect(found.sort(), run.stderr).toEqual(
      [
        `campaign ${first} campaign_counters ${first}`,
        `campaign ${first} comment_counters ${comment?.id}`,
        `campaign ${first} comment_counters ${lost?.id}`,
        `campaign ${second} campaign_viewers s:nobody`,
        `campaign ${second} impression_hourly ${cell?.hour} ${cell?.placement} mobile`,
        `campaign ${second} is_unique_impression ${flag?.id}`,
        `campaign ${second} live_stream campaign:${second}`,
        'live_stream elsewhere',
        'campaign 777000 campaign_counters 777000',
        'campaign 777000 comment_counters 777001',
        'campaign 778000 campaign_counters 778000',
        'campaign 778000 impression_hourly 2026-01-01 00:00:00+00',
      ].sort(),
    );
    expect(lines).toContain(`campaign ${second} campaign_viewers s:nobody: stored 3, counted nothing`);
    expect(lines.find((line) => line.includes(`comment_counters ${lost?.id}`))).toMatch(/: stored nothing, counted \{/);
    expect(last).toMatch(/^Audited \d campaigns: 12 differences\.$/);
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect((await runCli(['audit'], { DATABASE_URL: url })).stdout).toContain('everything is equal');
  },
);

test('what is left of a campaign that is gone is a difference, and nothing else of it is', within, async () => {
  const run = await auditOf(
    ['insert into campaign_counters (campaign_id, likes) values (779000, 2)'],
    ['select drop_orphaned_projections()'],
    ['--campaign', '779000'],
  );
  expect(run).toMatchObject({ code: 1, stderr: '' });
  expect(run.stdout).toMatch(
    /^campaign 779000 campaign_counters 779000: stored .*\nAudited 1 campaign: 1 difference\.\n$/,
  );
});

test('--json is one document, with and without differences', within, async () => {
  const [first = 0, second = 0] = campaigns;
  const equal = await runCli(['audit', '--json'], { DATABASE_URL: url });
  expect(equal).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(equal.stdout)).toEqual({ campaigns: 3, differences: [] });

  const damaged = await auditOf(
    [
      `insert into campaign_viewers values (${first}, 's:nobody "quoted"', 3)`,
      `insert into campaign_viewers values (${second}, 's:nobody', 4)`,
    ],
    [`delete from campaign_viewers where viewer like 's:nobody%'`],
    ['--json'],
  );
  expect(damaged).toMatchObject({ code: 1, stderr: '' });
  const nothing = { projection: 'campaign_viewers', counted: null };
  expect(JSON.parse(damaged.stdout)).toEqual({
    campaigns: 3,
    differences: [
      { campaignId: first, key: 's:nobody "quoted"', stored: '3', ...nothing },
      { campaignId: second, key: 's:nobody', stored: '4', ...nothing },
    ],
  });
});

test('--campaign looks at one alone; an unknown or impossible id is a sentence and exit 1', within, async () => {
  const [first = 0, second = 0] = campaigns;
  const only = (id: string) =>
    auditOf(
      [`update campaign_counters set shares = shares + 1 where campaign_id = ${second}`],
      [`update campaign_counters set shares = shares - 1 where campaign_id = ${second}`],
      ['--campaign', id],
    );
  expect(await only(`${first}`)).toEqual({
    code: 0,
    stdout: 'Audited 1 campaign: everything is equal.\n',
    stderr: '',
  });
  expect(await only(`${second}`)).toMatchObject({ code: 1, stdout: expect.stringContaining('1 difference.') });
  expect(await only('987654')).toEqual({ code: 1, stdout: '', stderr: 'There is no campaign 987654.\n' });
  for (const id of ['0', '-3', 'seven', '1e3']) {
    expect(await runCli(['audit', `--campaign=${id}`], { DATABASE_URL: url })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('A campaign is named by its id, a whole number from 1 to 2^53-1.'),
    });
  }
});

test('--help says what is compared and what the exit code means', within, async () => {
  const help = await runCli(['audit', '--help'], {});
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout.replaceAll(/\s+/g, ' ')).toContain('a line for each difference, and exit 1 if there is any');
  expect(help.stdout).toMatch(/--campaign <id>[\s\S]*--json/);
});

test('a database of another version is refused with the way to it, by audit and by rebuild', within, async () => {
  const { url: empty } = await emptyDatabaseForTest();
  for (const command of ['audit', 'rebuild']) {
    const run = await runCli([command], { DATABASE_URL: empty });
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(
      /^This database is behind this server: 0001_.*, \d+ functions, views and triggers are not applied\. Run .*migrate up/,
    );
  }
});
