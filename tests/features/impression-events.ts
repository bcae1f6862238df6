import { apiAs } from '../support/api.ts';
import type { TestApp } from '../support/app.ts';

/** An impression event as a browser sends it, with an id of its own. */
export const impressionOf = (campaignId: number, fields: object = {}) => ({
  type: 'impression',
  eventId: crypto.randomUUID() as string,
  campaignId,
  placement: 'widget',
  sessionId: 's1',
  ...fields,
});

/** A later event of that impression. */
export const laterOf = (type: 'viewable' | 'click' | 'conversion', impressionEventId: string, fields: object = {}) => ({
  type,
  eventId: crypto.randomUUID() as string,
  impressionEventId,
  ...(type === 'viewable' ? { durationMs: 1_500 } : {}),
  ...fields,
});

/** Another program writes one impression for each of so many viewers, who are the same at every call. */
export const seenBy = ({ pool }: Pick<TestApp, 'pool'>, campaignId: number, viewers: number) =>
  pool.query(
    `insert into campaign_impressions (campaign_id, session_id) select $1, 's' || n from generate_series(1, $2) n`,
    [campaignId, viewers],
  );

/** Sends events as anybody, without a token; the answer's body. */
export const sendEvents = async ({ url }: Pick<TestApp, 'url'>, events: unknown[]) =>
  (await apiAs(url, null)('POST', '/impressions', { events })).body;

/** The rows of a campaign in the order they were made, with the columns that say what happened. */
export async function impressionRows({ pool }: Pick<TestApp, 'pool'>, campaignId: number, columns: string) {
  const { rows } = await pool.query(`select ${columns} from campaign_impressions where campaign_id = $1 order by id`, [
    campaignId,
  ]);
  return rows;
}

/** What the projections hold of a campaign: its counters, reach, spend and the whole rollup. */
export async function metricsOf({ pool }: Pick<TestApp, 'pool'>, campaignId: number) {
  const counters = await pool.query(
    `select impressions, viewable, clicks, conversions, reach, spend::float8 from campaign_counters where campaign_id = $1`,
    [campaignId],
  );
  const hourly = await pool.query(
    `select iso(hour) as hour, placement, audience, region, device_type as device, impressions, viewable, clicks,
       conversions, uniques, spend::float8
     from impression_hourly where campaign_id = $1 and impressions > 0
     order by hour, placement, audience, region, device_type`,
    [campaignId],
  );
  return { counters: counters.rows[0], hourly: hourly.rows };
}
