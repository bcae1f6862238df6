import type { TestApp } from '../support/app.ts';

/** A campaign of advertiser 5 that is live and costs a quarter an impression. */
export async function campaign({ pool }: Pick<TestApp, 'pool'>): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into campaign_profile (name, advertiser_id, cpi_rate, launched_at) values ('A campaign', 5, 0.25, now()) returning id`,
  );
  return rows[0]?.id ?? 0;
}

/** A row of campaign_impressions; its id. */
export async function seen(
  { pool }: Pick<TestApp, 'pool'>,
  campaignId: number,
  at: string,
  columns: Record<string, unknown> = {},
): Promise<number> {
  const row: Record<string, unknown> = { campaign_id: campaignId, session_id: 's1', created_at: at, ...columns };
  const { rows } = await pool.query<{ id: number }>(
    `insert into campaign_impressions (${Object.keys(row)}) values (${Object.keys(row).map((_, n) => `$${n + 1}`)}) returning id`,
    Object.values(row),
  );
  return rows[0]?.id ?? 0;
}

export async function engaged(
  { pool }: Pick<TestApp, 'pool'>,
  campaignId: number,
  at: string,
  columns: Record<string, unknown>,
): Promise<number> {
  const row: Record<string, unknown> = { campaign_id: campaignId, user_id: 1, created_at: at, ...columns };
  const { rows } = await pool.query<{ id: number }>(
    `insert into campaign_engagement (${Object.keys(row)}) values (${Object.keys(row).map((_, n) => `$${n + 1}`)}) returning id`,
    Object.values(row),
  );
  return rows[0]?.id ?? 0;
}

export const judged = ({ pool }: Pick<TestApp, 'pool'>, impression: number, kind = 'crawler') =>
  pool.query(`insert into impression_verdict (impression_id, class, rule, rule_version) values ($1, $2, 'r', 1)`, [
    impression,
    kind,
  ]);

/** `/campaigns/7/stats?…` with every value encoded; `filters` as JSON. */
export function statsPath(campaignId: number, query: Record<string, unknown> = {}): string {
  const words = Object.entries(query).map(([name, value]): [string, string] => [
    name,
    name === 'filters' ? JSON.stringify(value) : String(value),
  ]);
  return `/campaigns/${campaignId}/stats?${new URLSearchParams(words)}`;
}
