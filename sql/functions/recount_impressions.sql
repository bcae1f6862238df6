-- campaign_viewers, both rollups and is_unique_impression of one campaign, from the raw rows; only what is wrong is
-- written. Runs below recount_campaign, which holds the stream's lock.
-- What is left over is found by a full join, here as in every recount: that is never done row by row, whatever the planner
-- thinks of tables that were never analysed.
create or replace function recount_impressions(campaign bigint) returns void
language plpgsql
as $$
declare
  wrong record;
begin
  select array_agg(id) as ids, array_agg(is_first) as firsts into wrong
  from first_impressions(campaign) where stored is distinct from is_first;
  update campaign_impressions i set is_unique_impression = w.is_first
  from unnest(wrong.ids, wrong.firsts) w (id, is_first) where i.id = w.id;

  with truth as materialized (select * from campaign_viewers_from_raw(campaign)), gone as (
    delete from campaign_viewers where ctid = any (array(
      select v.ctid from truth t
      full join (select ctid, viewer from campaign_viewers where campaign_id = campaign) v using (viewer)
      where t.viewer is null))
  )
  insert into campaign_viewers as v select * from truth
  on conflict (campaign_id, viewer) do update set impressions = excluded.impressions
  where v.impressions <> excluded.impressions;

  with truth as materialized (select * from impression_hourly_from_raw(campaign)), gone as (
    delete from impression_hourly where ctid = any (array(
      select h.ctid from truth t
      full join (select ctid, * from impression_hourly where campaign_id = campaign) h
        using (hour, placement, audience, region, device_type)
      where t.hour is null))
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
