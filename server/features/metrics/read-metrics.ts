import { z } from 'zod';
import { metricsAnswer, metricsQuery } from '../../contract/metrics.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { Exact } from '../../platform/http/exact.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { camelCase } from '../camel-case.ts';
import { ownersOnly } from '../owners-only.ts';

interface MetricsRow {
  metrics: Record<string, unknown>;
  document: Record<string, unknown>;
  spend: string;
  /** In place of what is counted of valid traffic alone. */
  traffic: Record<string, unknown>;
  asOf: string;
  version: number;
}

const times = 'start_date submitted_date launched_at ended_at paused_at created_at updated_at status_at'.split(' ');

/** One statement, so one snapshot: the metrics, the moment and the version they are true at. */
const text = `
  select to_jsonb(m) || jsonb_build_object(${times.map((name) => `'${name}', iso(m.${name})`).join(', ')}) as metrics,
    d.document, d.document->>'spend' as spend,
    case when $2 = 'valid' then '{}' else traffic_document(m.id, $2) end as traffic, iso(statement_timestamp()) as "asOf", s.version
  from campaign_with_full_metrics m cross join lateral (select metrics_document(m.id) offset 0) d (document) join live_stream s on s.stream = advertiser_stream(m.id)
  where m.id = $1`;

export const readMetrics = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/metrics',
    summary: 'Every metric of a campaign, for its owner',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    query: metricsQuery,
    answers: { 200: metricsAnswer },
    handle: async ({ params, query: { traffic } }) => {
      const { rows } = await pool.query<MetricsRow>({ name: 'campaign_metrics', text, values: [params.id, traffic] });
      const [row] = rows;
      if (!row) throw new Refusal('unknown_campaign');
      const columns = Object.entries(row.metrics).map(([name, value]) => [camelCase(name), value]);
      const spend = new Exact(row.spend);
      const counted = { ...row.document, spend, ...Object.fromEntries(columns), ...row.traffic };
      const body = { ...counted, traffic, asOf: row.asOf, version: row.version };
      return { status: 200, body };
    },
  });
