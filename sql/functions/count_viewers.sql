-- Impressions by viewer, and reach: the number of viewers with at least one valid impression.
create or replace function count_viewers(changes impression_change[]) returns void
language plpgsql
as $$
begin
  with delta as (
    select campaign_id, viewer, sum(sign) as impressions
    from unnest(changes) group by campaign_id, viewer having sum(sign) <> 0
  ), counted as (
    insert into campaign_viewers as v (campaign_id, viewer, impressions)
    select campaign_id, viewer, impressions from delta
    on conflict (campaign_id, viewer) do update set impressions = v.impressions + excluded.impressions
    returning v.campaign_id, v.viewer, v.impressions
  ), moved as (
    select c.campaign_id,
      count(*) filter (where c.impressions = d.impressions and d.impressions > 0)
        - count(*) filter (where c.impressions = 0) as reach
    from counted c join delta d using (campaign_id, viewer)
    group by c.campaign_id
  )
  insert into campaign_counters as c (campaign_id, version, reach)
  select m.campaign_id, s.version + 1, m.reach
  from moved m join live_stream s on s.stream = campaign_stream(m.campaign_id)
  where m.reach <> 0
  on conflict (campaign_id) do update set version = excluded.version, reach = c.reach + excluded.reach;

  if not exists (select from unnest(changes) where sign < 0) then return; end if;
  -- Each looked up by its key: a join planned while the table was small would go on reading all of it.
  delete from campaign_viewers where ctid = any (array(
    select v.ctid from (select distinct campaign_id, viewer from unnest(changes) where sign < 0) d
    cross join lateral (
      select e.ctid from campaign_viewers e
      where e.campaign_id = d.campaign_id and e.viewer = d.viewer and e.impressions = 0 offset 0
    ) v));
end
$$;
