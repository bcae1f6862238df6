-- impression_quarter_hourly of one campaign, from the raw rows; only what is wrong is written. The caller holds the
-- stream's lock.
create or replace function recount_quarter_hours(campaign bigint) returns void
language plpgsql
as $$
begin
  with truth as materialized (select * from impression_quarter_hourly_from_raw(campaign)), gone as (
    delete from impression_quarter_hourly where ctid = any (array(
      select q.ctid from truth t
      full join (select ctid, * from impression_quarter_hourly where campaign_id = campaign) q
        using (quarter_hour, placement, audience, region, device_type, location, traffic_class)
      where t.quarter_hour is null))
  )
  insert into impression_quarter_hourly as q select * from truth
  on conflict (campaign_id, quarter_hour, placement, audience, region, device_type, location, traffic_class) do update set
    impressions = excluded.impressions, viewable = excluded.viewable, clicks = excluded.clicks,
    conversions = excluded.conversions, spend = excluded.spend
  where (q.impressions, q.viewable, q.clicks, q.conversions, q.spend)
    is distinct from (excluded.impressions, excluded.viewable, excluded.clicks, excluded.conversions, excluded.spend);
end
$$;
