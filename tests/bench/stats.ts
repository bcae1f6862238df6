import { migrateUp } from '../../server/platform/migrate/migrate.ts';
import { makeLiveCampaigns } from './crowd.ts';
import { fillImpressions } from './fill.ts';
import type { Options } from './options.ts';
import { adminHeaders } from './owner.ts';
import { numberText, type Report, spreadText } from './report.ts';
import { startOurs } from './servers.ts';
import { runSql, type Stage } from './stage.ts';
import { spreadOf } from './statistics.ts';

const readsARound = 9;
const smallCount = 1_000;
const day = 'from=2026-11-01&to=2026-11-01&interval=hour';
const counted = 'impressions,viewable,clicks,conversions,spend,viewabilityRate,clickThroughRate,conversionRate';

/** Day and zone, then what makes it dearer. */
const questions = {
  'hours of a day': `${day}&metrics=${counted}`,
  'the same, by placement and device': `${day}&metrics=${counted}&dimensions=placement,device`,
  'the same in Kathmandu, by region': `${day}&timezone=Asia/Kathmandu&metrics=${counted}&dimensions=region`,
  'likes, shares and comments too': `${day}&metrics=${counted},likes,shares,comments`,
  'distinct people of the day and of each hour': `${day}&metrics=uniques`,
  'minutes of two hours, from rows': `from=2026-11-01T10:00:00Z&to=2026-11-01T12:00:00Z&interval=minute&metrics=${counted}`,
};
type Question = keyof typeof questions;

/** A day with a million impressions beside one with a thousand, over HTTP. */
export async function stats(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  const url = await stage.database('stats');
  await migrateUp(url);
  const [large = 0, small = 0] = await makeLiveCampaigns(url, 2);
  await fillImpressions({ url, campaignId: large, count: options.impressions, days: 1, told });
  await fillImpressions({ url, campaignId: small, count: smallCount, days: 1, told });
  await runSql(url, 'vacuum analyze');
  const server = await startOurs(stage, url);
  const headers = await adminHeaders();
  const read = async (campaign: number, question: Question): Promise<number> => {
    const started = performance.now();
    const response = await fetch(
      `http://127.0.0.1:${server.port}/api/v1/campaigns/${campaign}/stats?${questions[question]}`,
      {
        headers,
      },
    );
    const body = (await response.json()) as { totals: { impressions?: number } };
    if (response.status !== 200) throw new Error(`${question}: ${JSON.stringify(body)}`);
    if (question === 'hours of a day') impressions = Math.max(impressions, body.totals.impressions ?? 0);
    return performance.now() - started;
  };
  let impressions = 0;
  const rounds: Record<string, { large: number[]; small: number[] }> = {};
  for (const question of Object.keys(questions) as Question[]) {
    const times = { large: [] as number[], small: [] as number[] };
    for (let round = 0; round <= options.rounds; round++) {
      const [some, few]: [number[], number[]] = [[], []];
      for (let n = 0; n < readsARound; n++) {
        some.push(await read(large, question));
        few.push(await read(small, question));
      }
      if (round === 0) continue; // warms the caches
      times.large.push(spreadOf(some).median);
      times.small.push(spreadOf(few).median);
    }
    rounds[question] = times;
    told(`stats, ${question}: ${spreadText(times.large, 1)} ms`);
  }
  const [row] = await runSql<{ cells: string }>(
    url,
    'select count(*) as cells from impression_quarter_hourly where campaign_id = $1',
    [large],
  );
  await server.stop();
  return {
    title:
      `Statistics of a day with ${numberText(options.impressions)} impressions: GET …/stats, ${readsARound} reads a round; ` +
      `median of the round in ms; ${options.rounds} rounds: median (min–max)`,
    table: [
      ['', `${numberText(options.impressions)}`, `${numberText(smallCount)} (baseline)`],
      ...Object.entries(rounds).map(([name, times]) => [name, spreadText(times.large, 1), spreadText(times.small, 1)]),
    ],
    notes: [`${numberText(Number(row?.cells))} cells of a quarter hour hold the day.`],
    goals: [
      {
        sentence: `the totals say ${numberText(impressions)} impressions`,
        met: impressions >= options.impressions - 1,
      },
    ],
    rounds: Object.fromEntries(Object.entries(rounds).map(([name, times]) => [name, [times]])),
  };
}
