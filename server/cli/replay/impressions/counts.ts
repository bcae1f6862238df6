import pg from 'pg';
import { z } from 'zod';
import { CommandFailed } from '../../failure.ts';
import { type Api, refusalOf } from '../api.ts';
import type { OpenCampaign } from '../open-campaigns.ts';
import { placementOf } from './make-batches.ts';
import type { RecordedImpression } from './read-rows.ts';

export interface Count {
  impressions: number;
  clicks: number;
}

/** By `campaign position`. */
export type Counts = Map<string, Count>;

export const positions = Object.keys(placementOf).map(Number);
export const cellName = (campaign: string, position: number) => `${campaign} ${position}`;

/** The file's own. */
export function countRows(rows: RecordedImpression[]): Counts {
  const counts: Counts = new Map();
  for (const { campaign, position, clicked } of rows) {
    const count = counts.get(cellName(campaign, position)) ?? { impressions: 0, clicks: 0 };
    counts.set(cellName(campaign, position), {
      impressions: count.impressions + 1,
      clicks: count.clicks + (clicked ? 1 : 0),
    });
  }
  return counts;
}

/** From the rows of campaign_impressions, and from the rollup that the statistics read. */
export async function countInDatabase(
  url: string,
  campaigns: OpenCampaign[],
): Promise<{ rows: Counts; rollup: Counts }> {
  const client = new pg.Client({ connectionString: url, application_name: 'campaign-pulse replay' });
  client.on('error', () => {}); // the query rejects too
  await client.connect();
  try {
    const ids = campaigns.map(({ id }) => id);
    const read = async (sql: string): Promise<Counts> => {
      const { rows } = await client.query<{ id: string; placement: string; impressions: string; clicks: string }>(sql, [
        ids,
      ]);
      return named(campaigns, rows);
    };
    return {
      rows: await read(
        `select campaign_id as id, placement, count(*) as impressions, count(*) filter (where clicked) as clicks
         from campaign_impressions where campaign_id = any ($1) group by 1, 2`,
      ),
      rollup: await read(
        `select campaign_id as id, placement, sum(impressions) as impressions, sum(clicks) as clicks
         from impression_hourly where campaign_id = any ($1) group by 1, 2`,
      ),
    };
  } finally {
    await client.end();
  }
}

const statsShape = z.object({
  breakdown: z.array(z.object({ placement: z.string(), impressions: z.coerce.number(), clicks: z.coerce.number() })),
});
const countersShape = z.object({ counters: z.object({ impressions: z.number() }) });

/** Impressions of each campaign, as anyone is told. */
export async function readTotals(api: Api, campaigns: OpenCampaign[]): Promise<Map<string, number>> {
  const totals = new Map<string, number>();
  for (const { id, name } of campaigns) {
    const answer = await api.call('GET', `/api/v1/campaigns/${id}`);
    if (answer.status !== 200) throw new CommandFailed(`GET /campaigns/${id} answered ${refusalOf(answer)}.`);
    totals.set(name, countersShape.parse(answer.body).counters.impressions);
  }
  return totals;
}

/** By position, as the advertiser is told; null where the server has no such statistics. */
export async function readStatistics(
  api: Api,
  campaigns: OpenCampaign[],
  token: string,
  since: Date,
): Promise<Counts | null> {
  const rows: { id: number; placement: string; impressions: number; clicks: number }[] = [];
  const range = new URLSearchParams({
    metrics: 'impressions,clicks',
    dimensions: 'placement',
    from: new Date(since.getTime() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 3_600_000).toISOString(),
  });
  for (const { id } of campaigns) {
    const answer = await api.call('GET', `/api/v1/campaigns/${id}/stats?${range}`, { token });
    const parsed = answer.status === 200 ? statsShape.safeParse(answer.body) : undefined;
    if (!parsed?.success) return null;
    rows.push(...parsed.data.breakdown.map((row) => ({ id, ...row })));
  }
  return named(campaigns, rows);
}

type Row = Record<'id' | 'impressions' | 'clicks', string | number> & { placement: string };

function named(campaigns: OpenCampaign[], rows: Row[]): Counts {
  return new Map(
    rows.map(({ id, placement, impressions, clicks }) => {
      const name = campaigns.find((campaign) => campaign.id === Number(id))?.name ?? '';
      const position = positions.find((one) => placementOf[one] === placement) ?? 0;
      return [cellName(name, position), { impressions: Number(impressions), clicks: Number(clicks) }];
    }),
  );
}
