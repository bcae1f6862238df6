-- New impressions, whoever wrote them: counted in every projection, and is_unique_impression put right where the writer did
-- not know. One pass reads the rows: they are summed by cell and by viewer, and all else is summed from these few.
-- What is counted, and how, is said by apply_impression_changes, apply_invalid_changes and move_quarter_hours, which take
-- rows of every statement; here each row only appears.
create or replace function impressions_inserted() returns trigger
language plpgsql
as $$
declare
  touched text[] := array(select distinct campaign_stream(campaign_id) from inserted order by 1);
  any_judged boolean;
  unflagged bigint[];
  doubtful bigint[];
  of_viewers text[];
begin
  if cardinality(touched) = 0 then return null; end if;
  perform lock_streams(touched);
  any_judged := exists (
    select from impression_verdict
    where impression_id between (select min(id) from inserted) and (select max(id) from inserted));
  if any_judged then
    perform apply_invalid_changes(array(
      select invalid_change_of(1, v.class, row(i.*)::campaign_impressions)
      from inserted i cross join lateral (select class from impression_verdict where impression_id = i.id offset 0) v));
  end if;

  -- No part is joined with another: a plan made for a few rows would compare each of many with each. What belongs together
  -- is put into one list and summed.
  with draft as materialized (
    select i.id, i.campaign_id, impression_viewer(i.user_id, i.session_id) as viewer,
      coalesce(i.is_unique_impression, false) as is_unique, v.class,
      quarter_hour_of(i.created_at) as quarter_hour, coalesce(i.placement, '') as placement,
      coalesce(i.audience, '') as audience, coalesce(i.region, '') as region, coalesce(i.device_type, '') as device_type,
      coalesce(i.location, '') as location, i.is_viewable, i.clicked, i.converted, coalesce(i.cpi_rate, 0) as cpi_rate
    from inserted i
    cross join lateral (
      select case when any_judged then (select k.class from impression_verdict k where k.impression_id = i.id) end offset 0
    ) v (class)
  ), cell as materialized (
    select campaign_id, quarter_hour, placement, audience, region, device_type, location, class, count(*) as impressions,
      count(*) filter (where is_viewable) as viewable, count(*) filter (where clicked) as clicks,
      count(*) filter (where converted) as conversions, count(*) filter (where is_unique) as uniques,
      case when class is null then sum(cpi_rate) else 0 end as spend
    from draft group by campaign_id, quarter_hour, placement, audience, region, device_type, location, class
  ), quarter_hours as (
    insert into impression_quarter_hourly as q (campaign_id, quarter_hour, placement, audience, region, device_type,
      location, traffic_class, impressions, viewable, clicks, conversions, spend)
    select campaign_id, quarter_hour, placement, audience, region, device_type, location, coalesce(class, 'valid'),
      impressions, viewable, clicks, conversions, spend
    from cell
    on conflict (campaign_id, quarter_hour, placement, audience, region, device_type, location, traffic_class) do update set
      impressions = q.impressions + excluded.impressions,
      viewable = q.viewable + excluded.viewable,
      clicks = q.clicks + excluded.clicks,
      conversions = q.conversions + excluded.conversions,
      spend = q.spend + excluded.spend
  ), hours as (
    insert into impression_hourly as h (campaign_id, hour, placement, audience, region, device_type, impressions, viewable,
      clicks, conversions, uniques, spend)
    select campaign_id, date_trunc('hour', quarter_hour, 'UTC') as hour, placement, audience, region, device_type,
      sum(impressions), sum(viewable), sum(clicks), sum(conversions), sum(uniques), sum(spend)
    from cell where class is null group by campaign_id, hour, placement, audience, region, device_type
    on conflict (campaign_id, hour, placement, audience, region, device_type) do update set
      impressions = h.impressions + excluded.impressions,
      viewable = h.viewable + excluded.viewable,
      clicks = h.clicks + excluded.clicks,
      conversions = h.conversions + excluded.conversions,
      uniques = h.uniques + excluded.uniques,
      spend = h.spend + excluded.spend
  ), viewers as materialized (
    select campaign_id, viewer, count(*) as impressions, min(id) as first_id, count(*) filter (where is_unique) as flags,
      min(id) filter (where is_unique) as flagged_id
    from draft where class is null group by campaign_id, viewer
  ), known as (
    insert into campaign_viewers as v (campaign_id, viewer, impressions)
    select campaign_id, viewer, impressions from viewers
    on conflict (campaign_id, viewer) do update set impressions = v.impressions + excluded.impressions
    returning with (old as was) v.campaign_id, v.viewer, coalesce(was.impressions, 0) = 0 as is_new
  ), counted as (
    insert into campaign_counters as c (campaign_id, version, impressions, viewable, clicks, conversions, reach, spend)
    select d.campaign_id, s.version + 1, d.impressions, d.viewable, d.clicks, d.conversions, d.reach, d.spend
    from (
      select campaign_id, sum(impressions) as impressions, sum(viewable) as viewable, sum(clicks) as clicks,
        sum(conversions) as conversions, sum(spend) as spend, sum(reach) as reach
      from (
        select campaign_id, impressions, viewable, clicks, conversions, spend, 0 as reach from cell where class is null
        union all
        select campaign_id, 0, 0, 0, 0, 0, 1 from known where is_new
      ) parts group by campaign_id
    ) d
    join live_stream s on s.stream = campaign_stream(d.campaign_id)
    on conflict (campaign_id) do update set
      version = excluded.version,
      impressions = c.impressions + excluded.impressions,
      viewable = c.viewable + excluded.viewable,
      clicks = c.clicks + excluded.clicks,
      conversions = c.conversions + excluded.conversions,
      reach = c.reach + excluded.reach,
      spend = c.spend + excluded.spend
  ), flagging as (
    select campaign_id, viewer, bool_or(is_new) as is_new, max(first_id) as first_id, max(flags) as flags,
      max(flagged_id) as flagged_id
    from (
      select campaign_id, viewer, null::boolean as is_new, first_id, flags, flagged_id from viewers
      union all
      select campaign_id, viewer, is_new, null, null, null from known
    ) parts group by campaign_id, viewer
    having max(flags) <> bool_or(is_new)::integer or max(flags) = 1 and max(flagged_id) <> max(first_id)
  )
  select array_agg(first_id) filter (where is_new and flags = 0),
    array_agg(campaign_id) filter (where flags > 0) as campaigns, array_agg(viewer) filter (where flags > 0) as viewers
  into unflagged, doubtful, of_viewers from flagging;

  if unflagged is not null then
    update campaign_impressions set is_unique_impression = true where id = any (unflagged);
  end if;
  if doubtful is not null then perform flag_first_impressions(doubtful, of_viewers); end if;

  -- Other programs draw ids before they hold the lock: of two at once the one with the later ids may have been counted
  -- first. From the first of these ids on the campaign has more rows than came now, then. (The order and the limit leave
  -- one index to read, whatever the statistics say; another one would read the whole campaign.)
  if exists (
    select from (select campaign_id, min(id) as first_id, count(*) as rows from inserted group by campaign_id) n
    where n.rows < (
      select count(*) filter (where r.campaign_id = n.campaign_id) from (
        select k.campaign_id from campaign_impressions k where (k.campaign_id, k.id) >= (n.campaign_id, n.first_id)
        order by k.campaign_id, k.id limit n.rows + 1
      ) r)
  ) then
    perform flag_first_impressions(array_agg(campaign_id), array_agg(impression_viewer(user_id, session_id))) from inserted;
  end if;
  perform publish(touched, '{}', '{}', '{}');
  return null;
end
$$;

drop trigger if exists impressions_inserted on campaign_impressions;
create trigger impressions_inserted after insert on campaign_impressions
referencing new table as inserted
for each statement execute function impressions_inserted();
