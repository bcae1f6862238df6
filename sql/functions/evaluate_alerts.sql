-- Looks at every alert rule: one that began to hold is told to its owner, once; one that holds no more may be told again.
-- Answers how many were told. One node at a time.
create or replace function evaluate_alerts() returns integer
language plpgsql
as $$
declare
  turned record;
  told jsonb[];
  streams text[];
begin
  if not pg_try_advisory_xact_lock(hashtext('evaluate_alerts')) then return 0; end if;
  perform lock_tables();
  perform sample_alerts(null);

  select array_agg(t.id) as ids, array_agg(distinct campaign_stream(t.campaign_id)) as guards into turned
  from (
    select r.id, r.campaign_id from alert_rule r join alert_observations() o on o.rule_id = r.id
    where r.holds <> alert_holds(r.comparison, o.observed, r.threshold)
  ) t;
  if turned.ids is null then return 0; end if;

  perform lock_streams(turned.guards);
  with moved as (
    update alert_rule r set holds = not r.holds, fired_at = case when r.holds then r.fired_at else now() end
    from alert_observations() o
    where r.id = any (turned.ids) and o.rule_id = r.id
      and r.holds <> alert_holds(r.comparison, o.observed, r.threshold)
    returning r.*, o.observed
  )
  select array_agg(jsonb_build_object('campaignId', campaign_id, 'ruleId', id, 'metric', metric, 'comparison', comparison,
      'threshold', threshold, 'windowMinutes', window_minutes, 'observed', observed) order by id),
    array_agg(advertiser_stream(campaign_id) order by id)
  into told, streams
  from moved where holds;
  if told is null then return 0; end if;
  perform publish(array(select distinct s from unnest(streams) s order by 1), streams,
    array_fill('alert:fired'::text, array[cardinality(told)]), told);
  return cardinality(told);
end
$$;
