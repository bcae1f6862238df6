import fc from 'fast-check';
import pg from 'pg';
import { migrateDown, migrateUp } from '../../server/platform/migrate/migrate.ts';
import { insertLegacyRows, legacyRows } from '../sql/lineage-rows.ts';
import type { Options } from './options.ts';
import { numberText, type Report } from './report.ts';
import { runSql, type Stage } from './stage.ts';

/** Different rows; the rest are copies of them. */
const differentRows = 100;
const seed = 20_261_122;

/** A legacy database with every one of its 82 columns filled, all the way up and down again. */
export async function lineage(stage: Stage, { campaigns }: Options, told: (line: string) => void): Promise<Report> {
  const url = await stage.database('lineage');
  await migrateUp(url, { to: '0001' });
  told(`lineage: writing ${campaigns} legacy campaigns`);
  await fillLegacy(url, campaigns);
  const before = await fingerprint(url);
  const up = await timed(told, (log) => migrateUp(url, { log }));
  const [built] = await runSql<{ built: boolean }>(
    url,
    'select (select count(*) from campaign_counters) = (select count(*) from campaign_profile) as built',
  );
  const down = await timed(told, (log) => migrateDown(url, { to: '0001', log }));
  const after = await fingerprint(url);
  return {
    title: `Legacy database of ${numberText(campaigns)} campaigns, 82 columns filled: migrate up to the head, migrate down to 0001; fsync on`,
    table: [['', 'seconds'], ...rowsOf('up', up), ...rowsOf('down', down)],
    notes: ['the rest, up: functions, views and triggers, and the first build of the projections'],
    goals: [
      { sentence: `the rows are the same after both ways: ${after}`, met: before === after },
      { sentence: 'every campaign had its counters at the head', met: built?.built === true },
    ],
    rounds: { up: [up], down: [down] },
  };
}

interface Way {
  seconds: number;
  /** Labels and milliseconds. */
  steps: [label: string, ms: number][];
}

function rowsOf(name: string, { seconds, steps }: Way): string[][] {
  const rest = seconds - steps.reduce((sum, [, ms]) => sum + ms, 0) / 1_000;
  return [
    [name, numberText(seconds, 2)],
    ...steps.map(([label, ms]) => [`  ${label}`, numberText(ms / 1_000, 2)]),
    ['  the rest', numberText(rest, 2)],
  ];
}

async function timed(
  told: (line: string) => void,
  work: (log: (line: string) => void) => Promise<unknown>,
): Promise<Way> {
  const steps: Way['steps'] = [];
  const started = performance.now();
  await work((line) => {
    told(`lineage: ${line.slice(0, 200)}`);
    const [, step = '', ms] = /^(\d{4}_\w+): (?:applied|rolled back) in (\d+) ms$/.exec(line) ?? [];
    if (ms !== undefined) steps.push([step, Number(ms)]);
  });
  return { seconds: (performance.now() - started) / 1_000, steps };
}

/** Odd values of every type, as the tests of the lineage make them, and no NULL anywhere. */
async function fillLegacy(url: string, campaigns: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const full = (await legacyRows(client)).map(({ campaign_profile }) =>
      campaign_profile.filter((row) => Object.values(row).every((value) => value !== null)),
    );
    const sampled = fc.sample(full, { seed, numRuns: 10 * differentRows }).flat();
    await insertLegacyRows(client, { campaign_profile: sampled.slice(0, differentRows), children: [] });
    const { rows } = await client.query<{ columns: string }>(
      `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
       where attrelid = 'campaign_profile'::regclass and attnum > 0 and not attisdropped and attname <> 'id'`,
    );
    const columns = rows[0]?.columns;
    await client.query(
      `insert into campaign_profile (${columns})
       select ${columns} from campaign_profile, generate_series(1, ceil($1::numeric / ${differentRows})::int) limit $1 - ${differentRows}`,
      [campaigns],
    );
    await client.query('vacuum analyze campaign_profile');
  } finally {
    await client.end();
  }
}

/** One word for all rows as PostgreSQL writes them, in the columns' order by name: a step back may add one at the end. */
async function fingerprint(url: string): Promise<string> {
  const [columns] = await runSql<{ list: string }>(
    url,
    `select string_agg(quote_ident(attname) || '::text', ', ' order by attname) as list from pg_attribute
     where attrelid = 'campaign_profile'::regclass and attnum > 0 and not attisdropped`,
  );
  const [row] = await runSql<{ print: string }>(
    url,
    `select count(*) || ' rows, ' || md5(string_agg(md5(row(${columns?.list})::text), '' order by id)) as print
     from campaign_profile`,
  );
  return row?.print ?? 'nothing';
}
