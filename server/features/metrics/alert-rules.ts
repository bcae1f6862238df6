import type pg from 'pg';
import { z } from 'zod';
import { type AlertRules, alertRulesAnswer, alertRulesBody } from '../../contract/metrics.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';
import { ownersOnly } from '../owners-only.ts';
import { requireCampaign } from '../visible-campaign.ts';

const params = z.object({ id: idParamSchema });

export const readAlertRules = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/alert-rules',
    summary: 'What the owner of a campaign wants to be told of',
    access: ownersOnly(pool),
    ofCampaign: true,
    params,
    answers: { 200: alertRulesAnswer },
    handle: async ({ params: { id }, who }) => {
      await requireCampaign(pool, id, who);
      return { status: 200, body: await rulesOf(pool, id) };
    },
  });

export const setAlertRules = (pool: Pool, actPool: Pool): Operation =>
  operation({
    method: 'put',
    path: '/campaigns/:id/alert-rules',
    summary: 'Set what the owner of a campaign wants to be told of',
    access: ownersOnly(pool),
    ofCampaign: true,
    params,
    body: alertRulesBody,
    answers: { 200: alertRulesAnswer },
    handle: ({ params: { id }, body, receipt }) =>
      once(actPool, receipt, async (client) => {
        const { rowCount } = await client.query('select from campaign_profile where id = $1 for no key update', [id]);
        if (rowCount === 0) throw new Refusal('unknown_campaign');
        await replaceRules(client, id, body);
        return { status: 200, body: await rulesOf(client, id) };
      }),
  });

/** Holds the campaign's row, so two who set them at once do so one after the other. */
async function replaceRules(client: pg.PoolClient, id: number, { rules }: AlertRules): Promise<void> {
  await client.query(
    `with wanted as (
       select rule->>'metric' as metric, rule->>'comparison' as comparison,
         (rule->>'threshold')::numeric(20, 6) as threshold, (rule->>'windowMinutes')::integer as minutes, min(place) as place
       from jsonb_array_elements($2::jsonb) with ordinality asked (rule, place) group by 1, 2, 3, 4
     ), gone as (
       delete from alert_rule r where campaign_id = $1 and not exists (
         select from wanted w where (w.metric, w.comparison, w.threshold, w.minutes)
           = (r.metric, r.comparison, r.threshold, r.window_minutes))
     )
     insert into alert_rule (campaign_id, metric, comparison, threshold, window_minutes)
     select $1, metric, comparison, threshold, minutes from wanted order by place on conflict do nothing`,
    [id, JSON.stringify(rules)],
  );
  await client.query('select sample_alerts($1)', [id]); // windows begin now
}

async function rulesOf(db: Pick<Pool, 'query'>, id: number): Promise<z.infer<typeof alertRulesAnswer>> {
  const { rows } = await db.query(
    `select id, metric, comparison, threshold::float8 as threshold, window_minutes as "windowMinutes", holds,
       iso(fired_at) as "firedAt"
     from alert_rule where campaign_id = $1 order by id`,
    [id],
  );
  return { rules: rows };
}
