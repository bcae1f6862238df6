import type { TestApp } from '../support/app.ts';

/** Samples of a campaign's counts as they would be if all had been taken so many minutes ago, and one each minute since. */
export async function lookedSince({ pool }: Pick<TestApp, 'pool'>, campaignId: number, minutes: number): Promise<void> {
  await pool.query(
    `begin;
     lock table alert_sample;
     update alert_sample set at = at - interval '${minutes} minutes', observed_since = observed_since - interval '${minutes} minutes'
     where campaign_id = ${campaignId};
     insert into alert_sample
     select (jsonb_populate_record(null::alert_sample, to_jsonb(s) || jsonb_build_object('at', s.at + n * interval '1 minute'))).*
     from (select * from alert_sample where campaign_id = ${campaignId} order by at desc limit 1) s,
       generate_series(1, ${minutes} - 1) n on conflict do nothing;
     commit`,
  );
}

/** Everybody's rules are looked at now, after whoever is at it. */
export const evaluateAlerts = ({ pool }: Pick<TestApp, 'pool'>) =>
  pool.query(`begin; select pg_advisory_xact_lock(hashtext('evaluate_alerts')); select evaluate_alerts(); commit`);
