-- The one place that knows how valid impressions are counted, for rows that appear and disappear; an update is both.
-- Locks the campaigns' streams, moves campaign_counters, campaign_viewers and impression_hourly, and returns the streams.
create or replace function apply_impression_changes(changes impression_change[]) returns text[]
language plpgsql
as $$
declare
  touched text[] := array(select distinct campaign_stream(campaign_id) from unnest(changes) order by 1);
begin
  perform lock_streams(touched);
  perform count_viewers(changes);

  insert into campaign_counters as c (campaign_id, version, impressions, viewable, clicks, conversions, spend)
  select d.campaign_id, s.version + 1, d.impressions, d.viewable, d.clicks, d.conversions, d.spend
  from (
    select campaign_id, sum(sign) as impressions,
      coalesce(sum(sign) filter (where viewable), 0) as viewable,
      coalesce(sum(sign) filter (where clicked), 0) as clicks,
      coalesce(sum(sign) filter (where converted), 0) as conversions,
      coalesce(sum(sign * cpi_rate), 0) as spend
    from unnest(changes) group by campaign_id
  ) d
  join live_stream s on s.stream = campaign_stream(d.campaign_id)
  where (d.impressions, d.viewable, d.clicks, d.conversions, d.spend) <> (0, 0, 0, 0, 0)
  on conflict (campaign_id) do update set
    version = excluded.version,
    impressions = c.impressions + excluded.impressions,
    viewable = c.viewable + excluded.viewable,
    clicks = c.clicks + excluded.clicks,
    conversions = c.conversions + excluded.conversions,
    spend = c.spend + excluded.spend;

  insert into impression_hourly as h
    (campaign_id, hour, placement, audience, region, device_type, impressions, viewable, clicks, conversions, uniques, spend)
  select campaign_id, hour, placement, audience, region, device_type, sum(sign),
    coalesce(sum(sign) filter (where viewable), 0), coalesce(sum(sign) filter (where clicked), 0),
    coalesce(sum(sign) filter (where converted), 0), coalesce(sum(sign) filter (where is_unique), 0),
    coalesce(sum(sign * cpi_rate), 0)
  from unnest(changes)
  group by campaign_id, hour, placement, audience, region, device_type
  on conflict (campaign_id, hour, placement, audience, region, device_type) do update set
    impressions = h.impressions + excluded.impressions,
    viewable = h.viewable + excluded.viewable,
    clicks = h.clicks + excluded.clicks,
    conversions = h.conversions + excluded.conversions,
    uniques = h.uniques + excluded.uniques,
    spend = h.spend + excluded.spend;
  return touched;
end
$$;
