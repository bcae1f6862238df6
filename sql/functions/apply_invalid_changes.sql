-- The one place that knows how invalid impressions are counted. Locks the campaigns' streams, moves
-- campaign_invalid_counters and campaign_invalid_viewers, and returns the streams.
create or replace function apply_invalid_changes(changes invalid_change[]) returns text[]
language plpgsql
as $$
declare
  touched text[];
begin
  if cardinality(changes) = 0 then return '{}'; end if;
  touched := array(select distinct campaign_stream(campaign_id) from unnest(changes) order by 1);
  perform lock_streams(touched);

  insert into campaign_invalid_counters as c (campaign_id, class, impressions, viewable, clicks, conversions)
  select campaign_id, class, sum(sign), coalesce(sum(sign) filter (where viewable), 0),
    coalesce(sum(sign) filter (where clicked), 0), coalesce(sum(sign) filter (where converted), 0)
  from unnest(changes) group by campaign_id, class
  on conflict (campaign_id, class) do update set
    impressions = c.impressions + excluded.impressions,
    viewable = c.viewable + excluded.viewable,
    clicks = c.clicks + excluded.clicks,
    conversions = c.conversions + excluded.conversions;

  insert into campaign_invalid_viewers as v (campaign_id, viewer, impressions)
  select campaign_id, viewer, sum(sign) from unnest(changes) group by campaign_id, viewer having sum(sign) <> 0
  on conflict (campaign_id, viewer) do update set impressions = v.impressions + excluded.impressions;

  if exists (select from unnest(changes) where sign < 0) then
    delete from campaign_invalid_counters c using unnest(changes) d
    where c.campaign_id = d.campaign_id and c.class = d.class and c.impressions = 0;
    delete from campaign_invalid_viewers where ctid = any (array(
      select v.ctid from (select distinct campaign_id, viewer from unnest(changes) where sign < 0) d
      cross join lateral (
        select e.ctid from campaign_invalid_viewers e
        where e.campaign_id = d.campaign_id and e.viewer = d.viewer and e.impressions = 0 offset 0
      ) v));
  end if;
  return touched;
end
$$;
