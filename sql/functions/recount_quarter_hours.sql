-- impression_quarter_hourly of one campaign, from the raw rows; only what is wrong is written. The caller holds the
-- stream's lock.
create or replace function recount_quarter_hours(campaign bigint) returns void
language plpgsql
as $$
begin
  with truth as materialized (select * from impression_quarter_hourly_from_raw(campaign)), gone as (
    delete from impression_quarter_hourly q
    where q.campaign_id = campaign and not exists (
      select from truth t
      where (t.quarter_hour, t.placement, t.audience, t.region, t.device_type, t.location, t.traffic_class)
        = (q.quarter_hour, q.placement, q.audience, q.region, q.device_type, q.location, q.traffic_class))
  )
  insert into impression_quarter_hourly as q select * from truth
  on conflict (campaign_id, quarter_hour, placement, audience, region, device_type, location, traffic_class) do update set
    impressions = excluded.impressions, viewable = excluded.viewable, clicks = excluded.clicks,
    conversions = excluded.conversions, spend = excluded.spend
  where (q.impressions, q.viewable, q.clicks, q.conversions, q.spend)
    is distinct from (excluded.impressions, excluded.viewable, excluded.clicks, excluded.conversions, excluded.spend);
end
$$;
