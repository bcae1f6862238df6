import type { TestApp } from '../support/app.ts';

export const browserAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
export const crawlerAgent = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

/** What campaign_traffic_counts says, by traffic. */
export async function trafficOf({ pool }: Pick<TestApp, 'pool'>, campaignId: number) {
  const { rows } = await pool.query(
    `select traffic, impressions, viewable, clicks, conversions, campaign_traffic_reach($1, traffic) as reach
     from campaign_traffic_counts($1)`,
    [campaignId],
  );
  return Object.fromEntries(rows.map(({ traffic, ...counts }) => [traffic, counts]));
}

/** The classes of a campaign's impressions in the order of their ids; null is valid. */
export async function classesOf({ pool }: Pick<TestApp, 'pool'>, campaignId: number): Promise<(string | null)[]> {
  const { rows } = await pool.query<{ class: string | null }>(
    `select v.class from campaign_impressions i left join impression_verdict v on v.impression_id = i.id
     where i.campaign_id = $1 order by i.id`,
    [campaignId],
  );
  return rows.map((row) => row.class);
}

/** Every difference that the audit finds in these campaigns. */
export async function auditedOf({ pool }: Pick<TestApp, 'pool'>, ...campaignIds: number[]) {
  const { rows } = await pool.query('select a.* from unnest($1::bigint[]) c, audit_campaign(c) a', [campaignIds]);
  return rows;
}
