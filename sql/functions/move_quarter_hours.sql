-- Adds deltas to impression_quarter_hourly, summed by cell, under the streams' locks as every projection. Where they
-- cancel out, as after an update of what is not counted here, nothing is locked and nothing written.
create or replace function move_quarter_hours(deltas impression_quarter_hourly[]) returns void
language plpgsql
as $$
declare
  cells impression_quarter_hourly[] := array(
    select row(campaign_id, quarter_hour, placement, audience, region, device_type, location, traffic_class,
      sum(impressions), sum(viewable), sum(clicks), sum(conversions), sum(spend))::impression_quarter_hourly
    from unnest(deltas)
    group by campaign_id, quarter_hour, placement, audience, region, device_type, location, traffic_class
    having (sum(impressions), sum(viewable), sum(clicks), sum(conversions), sum(spend)) <> (0, 0, 0, 0, 0));
begin
  if cardinality(cells) = 0 then return; end if;
  perform lock_streams(array(select distinct campaign_stream(campaign_id) from unnest(cells) order by 1));
  insert into impression_quarter_hourly as q select * from unnest(cells)
  on conflict (campaign_id, quarter_hour, placement, audience, region, device_type, location, traffic_class) do update set
    impressions = q.impressions + excluded.impressions,
    viewable = q.viewable + excluded.viewable,
    clicks = q.clicks + excluded.clicks,
    conversions = q.conversions + excluded.conversions,
    spend = q.spend + excluded.spend;
end
$$;
