import pg from 'pg';
import { migrateUp } from '../../server/platform/migrate/migrate.ts';
import { makeLiveCampaigns } from './crowd.ts';
import { fillImpressions } from './fill.ts';
import type { Options } from './options.ts';
import { numberText, type Report, ratios, spreadText } from './report.ts';
import { runSql, type Stage } from './stage.ts';
import { spreadOf } from './statistics.ts';

const smallCount = 1_000;
const goalRatio = 1.2;
const readsARound = 2_000;

/** Milliseconds of a read, the median of a round. */
interface Round {
  large: number;
  small: number;
}

/** The metrics of a campaign with a million impressions beside those of one with a thousand, in the same database. */
export async function metrics(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  const url = await stage.database('metrics');
  await migrateUp(url);
  const [large = 0, small = 0] = await makeLiveCampaigns(url, 2);
  await fillImpressions({ url, campaignId: large, count: options.impressions, told });
  await fillImpressions({ url, campaignId: small, count: smallCount, told });
  await runSql(url, 'vacuum analyze');
  const rounds: Round[] = [];
  for (let number = 0; number <= options.rounds; number++) {
    const round = await readInTurn(url, large, small);
    if (number === 0) continue; // warms the caches
    rounds.push(round);
    told(`metrics, round ${number}: ${numberText(round.large, 3)} and ${numberText(round.small, 3)} ms`);
  }
  const [row] = await runSql<{ impressions: string; reach: string }>(url, `${view} where id = $1`, [large]);
  return reportOf(rounds, Number(row?.impressions), options);
}

const view = 'select * from campaign_with_full_metrics';

/** One read of the large campaign, one of the small one, and so on: whatever else runs meets both alike. */
async function readInTurn(url: string, large: number, small: number): Promise<Round> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const times: Record<keyof Round, number[]> = { large: [], small: [] };
  try {
    for (let n = 0; n < readsARound; n++) {
      for (const [name, id] of [['large', large] as const, ['small', small] as const]) {
        const started = performance.now();
        await client.query(`${view} where id = $1`, [id]);
        times[name].push(performance.now() - started);
      }
    }
  } finally {
    await client.end();
  }
  return { large: spreadOf(times.large).median, small: spreadOf(times.small).median };
}

function reportOf(rounds: Round[], counted: number, { impressions, rounds: count }: Options): Report {
  const [large, small] = [rounds.map((round) => round.large), rounds.map((round) => round.small)];
  const achieved = ratios(large, small);
  const name = (number: number) => `${numberText(number)} impressions`;
  return {
    title:
      `Metrics of one campaign (select * from campaign_with_full_metrics where id = …): ${numberText(readsARound)} reads of ` +
      `each a round, in turn; median of the round; ${count} rounds: median (min–max)`,
    table: [
      ['', 'ms a read', 'ratio'],
      [name(impressions), spreadText(large, 3), spreadText(achieved, 2)],
      [`${name(smallCount)} (baseline)`, spreadText(small, 3), '1.00'],
    ],
    notes: [],
    goals: [
      {
        sentence: `the large campaign takes at most ${goalRatio}× as long: ${spreadText(achieved, 2)}`,
        met: spreadOf(achieved).median <= goalRatio,
      },
      { sentence: `the view says ${numberText(counted)} impressions`, met: counted === impressions },
    ],
    rounds: { metrics: rounds },
  };
}
