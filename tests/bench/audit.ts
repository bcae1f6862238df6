import { migrateUp } from '../../server/platform/migrate/migrate.ts';
import { makeLiveCampaigns } from './crowd.ts';
import { fillEngagement, fillImpressions } from './fill.ts';
import { type MeasuredRun, runMeasured } from './measured-run.ts';
import type { Options } from './options.ts';
import { numberText, type Report, spreadText } from './report.ts';
import { interleave } from './rounds.ts';
import { runSql, type Stage } from './stage.ts';
import { spreadOf } from './statistics.ts';

/**
 * What an audit may need beyond one of an empty database, whatever it finds. Node.js lets garbage lie while there is room:
 * the peak grows up to some 70 MB more for the first few hundred thousand differences, and a million need no more.
 */
const goalMb = 96;

const names = { empty: 'an empty database', equal: 'all equal', damaged: 'every viewer and comment wrong' };

/** The `audit` command on one campaign that holds everything, the worst case: time, and memory of the process. */
export async function audit(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  const empty = await stage.database('audit_empty');
  const equal = await stage.database('audit_equal');
  await migrateUp(empty);
  await migrateUp(equal);
  const [campaignId = 0] = await makeLiveCampaigns(equal, 1);
  await fillImpressions({ url: equal, campaignId, count: options.impressions, told });
  await fillEngagement({ url: equal, campaignId, count: options.engagements, told });
  await runSql(equal, 'vacuum analyze');
  const side = (name: string, url: string) => ({ name, round: () => runMeasured(['audit'], { DATABASE_URL: url }) });
  const say = (name: string, number: number, { seconds, peakMb, lastLine }: MeasuredRun) =>
    told(`audit, round ${number}, ${name}: ${numberText(seconds, 1)} s, ${numberText(peakMb)} MB; ${lastLine}`);
  const sound = await interleave([side(names.empty, empty), side(names.equal, equal)], options.rounds, say);
  const wrong = await spoil(equal);
  const damaged = await interleave([side(names.damaged, equal)], options.rounds, say);
  return reportOf(new Map([...sound, ...damaged]), wrong, options);
}

/** Answers how many differences that makes. */
async function spoil(url: string): Promise<number> {
  await runSql(url, 'update campaign_viewers set impressions = impressions + 1');
  await runSql(url, 'update comment_counters set likes = likes + 1');
  const [row] = await runSql<{ rows: string }>(
    url,
    'select (select count(*) from campaign_viewers) + (select count(*) from comment_counters) as rows',
  );
  return Number(row?.rows);
}

function reportOf(results: Map<string, MeasuredRun[]>, wrong: number, options: Options): Report {
  const of = (name: string) => results.get(name) ?? [];
  const peaks = (name: string) => of(name).map(({ peakMb }) => peakMb);
  const more = (name: string) => spreadOf(peaks(name)).median - spreadOf(peaks(names.empty)).median;
  const table = [['', 'seconds', 'peak MB', 'differences']];
  for (const [name, runs] of results) {
    const seconds = spreadText(
      runs.map((run) => run.seconds),
      1,
    );
    table.push([name, seconds, spreadText(peaks(name)), numberText((runs[0]?.lines ?? 1) - 1)]);
  }
  const equal = [...of(names.empty), ...of(names.equal)];
  return {
    title:
      `audit of one campaign with ${numberText(options.impressions)} impressions and ${numberText(options.engagements)} ` +
      `engagements, as a process of its own, start included; ${options.rounds} rounds: median (min–max)`,
    table,
    notes: ['peak MB: resident memory of the audit process; Node.js and the libraries alone are the first line of it'],
    goals: [
      {
        sentence: 'what is equal is found equal, exit 0',
        met: equal.every(({ code, lines }) => code === 0 && lines === 1),
      },
      {
        sentence: `each of ${numberText(wrong)} differences is a line, exit 1`,
        met: of(names.damaged).every(({ code, lines }) => code === 1 && lines === wrong + 1),
      },
      ...[names.equal, names.damaged].map((name) => ({
        sentence: `${name}: at most ${goalMb} MB more than an empty database: ${numberText(more(name), 1)}`,
        met: more(name) <= goalMb,
      })),
    ],
    rounds: Object.fromEntries(results),
  };
}
