/**
 * Recorded impressions through the batch door, with every fault a network has, and a verdict:
 *   1. plan     the rows become batches of events, with repetitions, clicks before their impressions and broken requests
 *   2. open     a server and a live campaign for each of the recording's
 *   3. send     four batches at a time
 *   4. compare  the file's own counts by campaign and position with the rows, the rollup and what HTTP tells
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Config } from '../../../config.ts';
import { createApi } from '../api.ts';
import { chooseServer } from '../choose-server.ts';
import { advertiser, openCampaigns } from '../open-campaigns.ts';
import { startProgress } from '../progress.ts';
import type { ReplayOptions } from '../run-replay.ts';
import { chooseSignIn } from '../sign-in.ts';
import { assertSameDatabase } from '../truth-sql.ts';
import { type Counts, countInDatabase, countRows, readStatistics, readTotals } from './counts.ts';
import { makeBatches } from './make-batches.ts';
import { readImpressions } from './read-rows.ts';
import { type SentBatches, sendBatches } from './send-batches.ts';

/** `--json` prints it as it stands. `null`: could not be asked. */
export interface ImpressionReplay extends SentBatches {
  ok: boolean;
  file: string;
  format: 'impressions';
  server: { url: string; own: boolean };
  campaigns: { id: number; name: string }[];
  impressions: number;
  clicks: number;
  events: number;
  seconds: number;
  retries: number;
  cells: {
    cell: string;
    file: CountPair;
    rows: CountPair | null;
    rollup: CountPair | null;
    statistics: CountPair | null;
  }[];
  differences: string[];
}

type CountPair = { impressions: number; clicks: number };

export async function replayImpressions(
  file: string,
  options: ReplayOptions,
  config: Config,
): Promise<ImpressionReplay> {
  const recorded = await readImpressions(file, options.limit);
  const target = await chooseServer(options.url, config, (line) => process.stderr.write(`server: ${line}\n`));
  const api = createApi(target.url);
  const since = new Date();
  try {
    process.stderr.write(`replaying to ${target.url}${target.isOwn ? ', a server of its own' : ''}\n`);
    const signIn = await chooseSignIn(api, target.secrets);
    const names = [...new Set(recorded.map(({ campaign }) => campaign))].sort();
    const campaigns = await openCampaigns(api, signIn, { names, description: `Replayed from ${path.basename(file)}` });
    if (target.databaseUrl !== null) await assertSameDatabase(target.databaseUrl, campaigns);
    const plan = makeBatches(recorded, new Map(campaigns.map(({ name, id }) => [name, id])), randomUUID());
    const sent: SentBatches = { accepted: 0, duplicates: 0, rejected: 0, requests: 0, cut: 0 };
    const startedAt = performance.now();
    const line = () => `${sent.requests} requests, ${sent.accepted} of ${plan.events} events accepted`;
    const progress = startProgress(process.stderr, line);
    await sendBatches(api, plan, options.speed, sent).finally(progress.stop);
    const seconds = (performance.now() - startedAt) / 1_000;
    const expected = countRows(recorded);
    const stored = target.databaseUrl === null ? null : await countInDatabase(target.databaseUrl, campaigns);
    const told = await readTotals(api, campaigns);
    const statistics = await readStatistics(api, campaigns, await signIn(advertiser), since);
    const differences = [
      ...(sent.rejected > 0 ? [`${sent.rejected} events were rejected`] : []),
      ...differing('the rows', expected, stored?.rows),
      ...differing('the rollup', expected, stored?.rollup),
      ...differing('the statistics', expected, statistics),
      ...names.flatMap((name) => {
        const wanted = sum([...expected].filter(([cell]) => cell.startsWith(`${name} `)));
        return told.get(name) === wanted
          ? []
          : [`HTTP tells ${told.get(name)} impressions of ${name}, the file ${wanted}`];
      }),
    ];
    return {
      ok: differences.length === 0,
      file,
      format: 'impressions',
      server: { url: target.url, own: target.isOwn },
      campaigns: campaigns.map(({ id, name }) => ({ id, name })),
      impressions: recorded.length,
      clicks: recorded.filter(({ clicked }) => clicked).length,
      events: plan.events,
      seconds,
      retries: api.retries(),
      ...sent,
      cells: [...expected].sort().map(([cell, count]) => ({
        cell,
        file: count,
        rows: stored?.rows.get(cell) ?? null,
        rollup: stored?.rollup.get(cell) ?? null,
        statistics: statistics?.get(cell) ?? null,
      })),
      differences,
    };
  } finally {
    api.close();
    await target.stop();
  }
}

/** Where a source tells other counts than the file; nothing of one that could not be asked. */
function differing(source: string, expected: Counts, found: Counts | null | undefined): string[] {
  if (!found) return [];
  const cells = new Set([...expected.keys(), ...found.keys()]);
  return [...cells].flatMap((cell) => {
    const [wanted, is] = [expected, found].map((counts) => counts.get(cell) ?? { impressions: 0, clicks: 0 });
    if (wanted?.impressions === is?.impressions && wanted?.clicks === is?.clicks) return [];
    return [
      `${source}: ${cell} has ${is?.impressions} and ${is?.clicks} clicks, the file ${wanted?.impressions} and ${wanted?.clicks}`,
    ];
  });
}

const sum = (cells: [string, CountPair][]) => cells.reduce((total, [, { impressions }]) => total + impressions, 0);
