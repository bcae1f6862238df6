-- What impression_hourly has to hold for a campaign, from the raw rows alone; `uniques` from what is first, not from the flag.
create or replace function impression_hourly_from_raw(campaign bigint) returns setof impression_hourly
language sql stable
as $$
  select campaign, date_trunc('hour', r.created_at, 'UTC'), coalesce(r.placement, ''), coalesce(r.audience, ''),
    coalesce(r.region, ''), coalesce(r.device_type, ''), count(*), count(*) filter (where r.is_viewable),
    count(*) filter (where r.clicked), count(*) filter (where r.converted), count(*) filter (where f.is_first),
    coalesce(sum(r.cpi_rate), 0)::numeric(20, 6)
  from campaign_impressions r
  join first_impressions(campaign) f on f.id = r.id
  where r.campaign_id = campaign and f.valid
  group by 2, 3, 4, 5, 6
$$;
