-- campaign_viewers, both rollups and is_unique_impression of one campaign, from the raw rows; only what is wrong is
-- written. Runs below recount_campaign, which holds the stream's lock.
create or replace function recount_impressions(campaign bigint) returns void
language plpgsql
as $$
begin
  update campaign_impressions i set is_unique_impression = f.is_first
  from first_impressions(campaign) f
  where i.id = f.id and i.is_unique_impression is distinct from f.is_first;

  with truth as materialized (select * from campaign_viewers_from_raw(campaign)), gone as (
    delete from campaign_viewers v
    where v.campaign_id = campaign and not exists (select from truth t where t.viewer = v.viewer)
  )
  insert into campaign_viewers as v select * from truth
  on conflict (campaign_id, viewer) do update set impressions = excluded.impressions
  where v.impressions <> excluded.impressions;

  with truth as materialized (select * from impression_hourly_from_raw(campaign)), gone as (
    delete from impression_hourly h
    where h.campaign_id = campaign and not exists (
      select from truth t where (t.hour, t.placement, t.audience, t.region, t.device_type)
        = (h.hour, h.placement, h.audience, h.region, h.device_type))
  )
  insert into impression_hourly as h select * from truth
  on conflict (campaign_id, hour, placement, audience, region, device_type) do update set
    impressions = excluded.impressions, viewable = excluded.viewable, clicks = excluded.clicks,
    conversions = excluded.conversions, uniques = excluded.uniques, spend = excluded.spend
  where (h.impressions, h.viewable, h.clicks, h.conversions, h.uniques, h.spend)
    is distinct from (excluded.impressions, excluded.viewable, excluded.clicks, excluded.conversions,
      excluded.uniques, excluded.spend);
  perform recount_quarter_hours(campaign);
end
$$;
