import { connectionCount } from './likes-load.ts';
import { type CheckedLikes, names, openLikesSides } from './likes-sides.ts';
import type { Options } from './options.ts';
import { profileText, underProfile } from './profile.ts';
import { companyNote, type Goal, medianText, numberText, type Report, ratios, spreadText } from './report.ts';
import { interleave } from './rounds.ts';
import { runSql, type Stage } from './stage.ts';
import { spreadOf } from './statistics.ts';

const goalRatio = 3;

/** Durable likes/s over HTTP: ours beside one insert and pg_notify in a transaction a request, and an empty handler. */
export async function likes(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  told('likes: starting the servers');
  const { sides, databaseUrl, again } = await openLikesSides(stage, options);
  const results = await interleave(sides, options.rounds, (name, number, { rate, cpu }) =>
    told(`likes, round ${number}: ${name} ${numberText(rate)}/s, others took ${numberText(cpu.others, 2)} cores`),
  );
  const counted = await countersAgree(databaseUrl);
  const notes: string[] = [];
  if (options.profileDir !== null) {
    told('likes: one more round of ours, under a profiler');
    notes.push(...profileText(await underProfile(options.profileDir, again)));
  }
  return reportOf(results, counted, notes, options);
}

/** The projection that the answers and the screens show, against the rows it stands for. */
async function countersAgree(url: string): Promise<boolean> {
  const [row] = await runSql<{ agree: boolean }>(
    url,
    `select (select sum(likes) from campaign_counters) = (select count(*) from campaign_engagement
       where engagement_type = 'like' and parent_comment_id is null) as agree`,
  );
  return row?.agree ?? false;
}

function reportOf(results: Map<string, CheckedLikes[]>, counted: boolean, notes: string[], options: Options): Report {
  const of = (name: string, pick: (round: CheckedLikes) => number) => (results.get(name) ?? []).map(pick);
  const rates = (name: string) => of(name, ({ rate }) => rate);
  const medianOf = (name: string) => spreadOf(rates(name)).median;
  const best = medianOf(names.plain20) > medianOf(names.plain10) ? names.plain20 : names.plain10;
  const table = [['', 'requests/s', 'ratio', 'p50 ms', 'p99 ms', 'server', 'postgres', 'load', 'others']];
  for (const name of results.keys()) {
    const cores = (['server', 'postgres', 'load', 'others'] as const).map((who) =>
      medianText(
        of(name, ({ cpu }) => cpu[who]),
        2,
      ),
    );
    const times = [of(name, ({ p50 }) => p50), of(name, ({ p99 }) => p99)].map((values) => medianText(values, 1));
    const against = spreadText(ratios(rates(name), rates(best)), 2);
    table.push([name === best ? `${name} (baseline)` : name, spreadText(rates(name)), against, ...times, ...cores]);
  }
  const title =
    `Durable likes over HTTP: ${connectionCount} keep-alive connections, each request another (user, campaign); ` +
    `${options.rounds} rounds of ${options.seconds} s, alternating; median (min–max); ratio round by round`;
  const columns = 'server, postgres, load, others: cores kept busy, median; others is whoever else used the machine';
  return {
    title,
    table,
    notes: [
      columns,
      ...companyNote([...results.keys()].flatMap((name) => of(name, ({ cpu }) => cpu.others))),
      ...notes,
    ],
    goals: goalsOf(results, ratios(rates(names.ours), rates(best)), counted),
    rounds: Object.fromEntries(results),
  };
}

function goalsOf(results: Map<string, CheckedLikes[]>, achieved: number[], counted: boolean): Goal[] {
  const all = [...results].flatMap(([name, rounds]) => rounds.map((round) => ({ name, ...round })));
  const checked = all.filter(({ rows }) => rows !== null);
  const lying = checked.filter(({ rows, created }) => rows !== created);
  const lies = lying.map(({ name, rows, created }) => `${name}: ${created} answers, ${rows} rows`);
  const total = checked.reduce((sum, { created }) => sum + created, 0);
  return [
    {
      sentence: `likes/s are at least ${goalRatio}× those of the plain handler: ${spreadText(achieved, 2)}`,
      met: spreadOf(achieved).median >= goalRatio,
    },
    {
      sentence: `each 201 is a row, after every round of every side: ${lies.join('; ') || `${numberText(total)} of each`}`,
      met: lying.length === 0,
    },
    { sentence: 'our counters equal our rows at the end', met: counted },
  ];
}
