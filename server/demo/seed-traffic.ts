import type { Pool } from '../platform/db.ts';
import { inTransaction } from '../platform/transaction.ts';

/** Deterministic chance between 0 and 1: the same impression is the same in every demo. */
const chance = (about: string) =>
  `(('x' || substr(md5($2::text || '${about}' || n), 1, 8))::bit(32)::bigint / 4294967296.0)`;
const pick = (about: string, from: string[]) =>
  `(array[${from.map((value) => (value === '' ? 'null' : `'${value}'`)).join(', ')}])[1 + floor(${chance(about)} * ${from.length})::integer]`;
/** Hours of the day as often as people look: quiet at night, most in the evening. */
const hours = '{7,8,8,9,10,11,12,12,13,14,15,16,16,17,17,18,18,18,19,19,19,20,20,20,21,21,21,22,22,23,0,6}';

const text = `
  insert into campaign_impressions (campaign_id, user_id, session_id, profile_type, placement, audience, region,
    device_type, location, user_agent, is_viewable, viewable_duration, clicked, clicked_at, converted, converted_at, created_at)
  select $1::bigint, case when viewer % 3 > 0 then 5000 + viewer end, 'demo-' || viewer, audience, placement, audience, region,
    device, location, case when n % 40 = 7 then 'Googlebot/2.1 (+http://www.google.com/bot.html)' end, viewable, case when viewable then 1000 + (chance * 14000)::integer end,
    clicked, case when clicked then seen_at + interval '6 seconds' end,
    converted, case when converted then seen_at + interval '4 minutes' end, seen_at
  from (
    select n, viewer, placement, audience, region, device, location, luck as chance, seen_at,
      luck < looked as viewable, luck < looked * 0.026 as clicked, luck < looked * 0.026 * 0.18 as converted
    from (
      select n, $7::integer + floor(power(${chance('viewer')}, 1.9) * $3::integer * 0.36)::integer as viewer, ${chance('luck')} as luck,
        ${pick('placement', ['widget', 'widget', 'widget', 'insession', 'insession', 'popup', 'placeholder'])} as placement,
        ${pick('audience', ['student', 'student', 'student', 'parent', 'parent', 'user', ''])} as audience,
        ${pick('region', ['Norway', 'Norway', 'Sweden', 'Sweden', 'Denmark', 'Finland', 'Iceland'])} as region,
        ${pick('device', ['mobile', 'mobile', 'mobile', 'desktop', 'desktop', 'tablet'])} as device,
        ${pick('location', ['Oslo', 'Bergen', 'Stockholm', 'Uppsala', 'Copenhagen', 'Helsinki', 'Reykjavík', ''])} as location,
        seen - case when seen > $4::timestamptz then interval '1 day' else interval '0' end as seen_at,
        0.52 + 0.3 * ${chance('looked')} as looked
      from (
        select n, date_trunc('day', $4::timestamptz) - floor(${chance('day')} * $5::integer) * interval '1 day'
          + ('${hours}'::integer[])[1 + floor(${chance('hour')} * 32)::integer] * interval '1 hour'
          + ${chance('minute')} * interval '1 hour' as seen
        from generate_series(1, $3::integer) n
      ) moments
    ) people
  ) shown
  where seen_at >= date_trunc('day', $4::timestamptz) - $6::integer * interval '1 day'
    and seen_at < date_trunc('day', $4::timestamptz) - ($6::integer - 1) * interval '1 day'
  order by seen_at`;

interface Traffic {
  campaignId: number;
  /** What chance begins with. */
  seed: string;
  impressions: number;
  days: number;
  until: Date;
  /** The first viewer's number: campaigns have those in common whom both count. */
  viewersFrom?: number;
}

/**
 * Days of impressions, written by the same door as any other program's: a plain INSERT. Each day is a transaction, so that
 * who is on the campaign's page already does not wait for the whole.
 */
export async function seedTraffic(pool: Pool, traffic: Traffic): Promise<void> {
  const { campaignId, seed, impressions, days, until, viewersFrom = 0 } = traffic;
  for (let day = days; day >= 0; day--) {
    await inTransaction(pool, async (client) => {
      // The rows take the campaign's stream and the verdicts its profile, which whoever bills takes first.
      await client.query('select lock_billing(array[$1::bigint])', [campaignId]);
      await client.query(text, [campaignId, seed, impressions, until, days, day, viewersFrom]);
      // One in forty was a machine.
      await client.query(
        `insert into impression_verdict (impression_id, class, rule, rule_version)
         select id, 'crawler', 'user_agent', 1 from campaign_impressions i where campaign_id = $1 and user_agent is not null
           and not exists (select from impression_verdict v where v.impression_id = i.id)`,
        [campaignId],
      );
    });
  }
}

/** The whole cycles so far, as the loop would close them; the first is paid. */
export async function seedInvoices(pool: Pool, campaignId: number, perCycle: number): Promise<void> {
  for (const [days, paid] of [
    [3, true],
    [1, false],
  ] as const) {
    await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ id: number }>("select id from close_billing($1, 'cycle', $2)", [
        campaignId,
        perCycle,
      ]);
      await client.query(
        `update campaign_invoices set status = case when $2 then 'paid' else 'open' end,
           issued_at = now() - make_interval(days => $3), due_date = now() + make_interval(days => 14 - $3),
           paid_at = case when $2 then now() - interval '1 day' end, payment_method = case when $2 then 'card' end
         where id = $1`,
        [rows[0]?.id, paid, days],
      );
    });
  }
}
