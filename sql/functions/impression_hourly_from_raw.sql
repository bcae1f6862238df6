-- What impression_hourly has to hold for a campaign, from the raw rows alone; `uniques` from what is first, not from the
-- flag. One pass: a join of the rows with themselves is done row by row where the planner thinks that they are few.
create or replace function impression_hourly_from_raw(campaign bigint) returns setof impression_hourly
language sql stable
as $$
  select campaign, date_trunc('hour', r.created_at, 'UTC'), coalesce(r.placement, ''), coalesce(r.audience, ''),
    coalesce(r.region, ''), coalesce(r.device_type, ''), count(*), count(*) filter (where r.is_viewable),
    count(*) filter (where r.clicked), count(*) filter (where r.converted), count(*) filter (where r.place = 1),
    coalesce(sum(r.cpi_rate), 0)::numeric(20, 6)
  from (
    select i.*, row_number() over (partition by impression_viewer(i.user_id, i.session_id) order by i.id) as place
    from campaign_impressions i
    where i.campaign_id = campaign and not exists (select from impression_verdict v where v.impression_id = i.id)
  ) r
  group by 2, 3, 4, 5, 6
$$;
