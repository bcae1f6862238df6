-- The counts of invalid traffic of one campaign, from the raw rows; only what is wrong is written. Runs below
-- recount_campaign, which holds the stream's lock.
create or replace function recount_invalid_traffic(campaign bigint) returns void
language plpgsql
as $$
begin
  with truth as materialized (select * from campaign_invalid_counters_from_raw(campaign)), gone as (
    delete from campaign_invalid_counters c
    where c.campaign_id = campaign and not exists (select from truth t where t.class = c.class)
  )
  insert into campaign_invalid_counters as c select * from truth
  on conflict (campaign_id, class) do update set impressions = excluded.impressions, viewable = excluded.viewable,
    clicks = excluded.clicks, conversions = excluded.conversions
  where (c.impressions, c.viewable, c.clicks, c.conversions)
    <> (excluded.impressions, excluded.viewable, excluded.clicks, excluded.conversions);

  with truth as materialized (select * from campaign_invalid_viewers_from_raw(campaign)), gone as (
    delete from campaign_invalid_viewers where ctid = any (array(
      select v.ctid from truth t
      full join (select ctid, viewer from campaign_invalid_viewers where campaign_id = campaign) v using (viewer)
      where t.viewer is null))
  )
  insert into campaign_invalid_viewers as v select * from truth
  on conflict (campaign_id, viewer) do update set impressions = excluded.impressions
  where v.impressions <> excluded.impressions;
end
$$;
